// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/destinationpolicy.h"
#include "core/route/route.h"
#include "core/upstream/upstreamconfig.h"

namespace sallyport {

/// One entry of `routes:`. The name of its upstream is one of `upstreams`, or a finding.
/// The keys of a route, in the order in which they are written.
[[nodiscard]] const std::vector<const char*>& routeKeys();
[[nodiscard]] Route readRoute(const yaml::Value& value, const QStringList& upstreams,
                              Findings& findings);
/// `forward:`.
struct ForwardSection {
    DestinationPolicy policy;
    Via via;
};
[[nodiscard]] ForwardSection readForward(const yaml::Value& value, const QString& dir,
                                         Findings& findings);

} // namespace sallyport
