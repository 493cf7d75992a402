// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/config/defaultfiles.h"
#include "core/route/route.h"
#include "core/support/result.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sallyport {

/// Where the requests of Claude Code go.
struct GatewayInUse {
    QString route;           ///< that takes `POST /v1/messages` sent to Sallyport; empty: none does
    UpstreamConfig upstream; ///< where it leads; without a name when that is no upstream
};
[[nodiscard]] GatewayInUse gatewayInUse(const std::vector<Route>& routes,
                                        const std::vector<UpstreamConfig>& upstreams);

/// `https://gateway.corp.example/llm`: the base URL of a target.
[[nodiscard]] QString targetUrl(const UpstreamTarget& target);

/// `routes.yaml` text in which the requests of Claude Code go to `gateway`, and no other byte
/// changed: the upstream of that name is edited (its first target, its credential unless that is
/// empty, how that is sent, its CA file), or added as the last; the route of gatewayInUse() gets
/// its name, or one is added. The edits are those of RoutesEdit; the error names the place that
/// cannot be edited without changing something else.
[[nodiscard]] Result<QByteArray, ConfigError>
withGateway(const QByteArray& yaml, const QString& fileName, const FirstGateway& gateway);
/// The same for an upstream that is in the file.
[[nodiscard]] Result<QByteArray, ConfigError>
withUpstream(const QByteArray& yaml, const QString& fileName, const QString& upstream);
/// The same for the sandbox.
[[nodiscard]] Result<QByteArray, ConfigError> withSandbox(const QByteArray& yaml,
                                                          const QString& fileName);

} // namespace sallyport
