// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/gatewaychecks.h"

namespace sallyport {

/// `clock-skew`: this machine's clock against the Date field of a gateway. From a minute on a
/// Warning, from five a Fault: certificates and signed tokens are judged by the clock.
[[nodiscard]] CheckResult checkClockSkew(const std::vector<GatewayReading>& readings);

} // namespace sallyport
