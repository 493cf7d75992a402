// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/config/configerror.h"
#include "core/support/result.h"

namespace sallyport {

/// `routes.yaml`, typed.
struct RoutesFile {
    std::vector<UpstreamConfig> upstreams;
    std::vector<Route> routes;
    DestinationPolicy forward;
    Via forwardVia;
    InterceptList intercept;
    friend bool operator==(const RoutesFile&, const RoutesFile&) = default;
};
/// Reads `routes.yaml` text; cross-references (upstream names, duplicates) are checked. A route may
/// name the upstream `sandbox` without an entry for it: it is built in, and added. An empty file
/// has no routes.
[[nodiscard]] Result<RoutesFile, ConfigError> parseRoutes(const QByteArray& yaml,
                                                          const QString& fileName);

/// What is served without a `routes.yaml`: everything to the built-in sandbox.
[[nodiscard]] RoutesFile defaultRoutes();

} // namespace sallyport
