// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// `local-token`: the token that Claude Code shows is the one that Sallyport asks for.
[[nodiscard]] CheckResult checkLocalToken(const LocalReading& local);
/// `two-credentials`: not a token and an API key (or `apiKeyHelper`) at once; Claude Code sends
/// both. Fix: ANTHROPIC_API_KEY set to nothing in the user's settings, which also hides the
/// shell's.
[[nodiscard]] CheckResult checkTwoCredentials(const LocalReading& local);
/// `api-key-approved`: an ANTHROPIC_API_KEY is among `customApiKeyResponses.approved`. Fix: it is
/// put there.
[[nodiscard]] CheckResult checkApiKeyApproved(const LocalReading& local);

} // namespace sallyport
