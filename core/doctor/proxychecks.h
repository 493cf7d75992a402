// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

namespace sallyport {

/// `no-proxy`: with another proxy set, NO_PROXY exempts a base URL on loopback. Fix: NO_PROXY
/// completed in the user's settings.
[[nodiscard]] CheckResult checkNoProxy(const LocalReading& local);
/// `all-proxy`: ALL_PROXY is not set; with it Claude Code sends some https requests to the proxy in
/// absolute-form instead of by CONNECT. Fix: set to nothing in the user's settings.
[[nodiscard]] CheckResult checkAllProxy(const LocalReading& local);

} // namespace sallyport
