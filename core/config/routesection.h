// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/forwardpolicy.h"
#include "core/route/route.h"

namespace sallyport {

/// One entry of `routes:`. The name of its upstream is one of `upstreams`, or a finding.
[[nodiscard]] Route readRoute(const yaml::Value& value, const QStringList& upstreams,
                              Findings& findings);
/// `forward:`.
[[nodiscard]] ForwardPolicy readForward(const yaml::Value& value, Findings& findings);

} // namespace sallyport
