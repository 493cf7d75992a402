// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// `base-url-path`: neither Claude Code's base URL nor a target that gets paths as they are ends in
/// `/v1`, since `/v1/messages` is added to it.
[[nodiscard]] CheckResult checkBaseUrlPath(const LocalReading& local);

} // namespace sallyport
