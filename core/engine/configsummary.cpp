// SPDX-License-Identifier: MIT
#include "core/engine/configsummary.h"

#include "core/config/configwarnings.h"
#include "core/config/gatewayedit.h"
#include "core/engine/logsettings.h"
#include "core/support/hostport.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sallyport {

namespace {

QString destinationOf(const RouteAction& action) {
    if (const auto* to = std::get_if<ToUpstream>(&action)) return to->upstream;
    if (const auto* to = std::get_if<ToRespond>(&action)) return QString::number(to->status);
    if (const auto* to = std::get_if<ToRedirect>(&action)) return QString::fromLatin1(to->location);
    if (std::holds_alternative<ToBlock>(action)) return Engine::tr("blocked");
    return Engine::tr("direct");
}

Destination destinationOf(const UpstreamConfig& upstream) {
    Destination to{
        upstream.name, {}, upstream.isSandbox, QFileInfo(upstream.replayFile).fileName()};
    if (!upstream.targets.empty()) to.host = QString::fromUtf8(upstream.targets.front().host);
    return to;
}

} // namespace

ConfigSummary summaryOf(const Config& config, const QString& dir) {
    ConfigSummary out;
    out.dir = dir;
    out.warnings = configWarnings(config);
    out.hasRoutesFile = QFile::exists(QDir(dir).filePath(QStringLiteral("routes.yaml")));
    for (const UpstreamConfig& upstream : config.upstreams)
        out.upstreams << upstream.name;
    for (const Route& route : config.routes) {
        const QString from = QString::fromUtf8(route.match.host + route.match.path);
        out.routes.append({route.name, from + QStringLiteral(" → ") + destinationOf(route.action),
                           route.isEnabled});
    }
    out.history = historyLimits(config.settings);
    out.destination = destinationOf(gatewayInUse(config.routes, config.upstreams).upstream);
    return out;
}

QString addressText(const Endpoint& endpoint) {
    return hostPort(endpoint.address.toString(), endpoint.port);
}

OwnAuthority ownAuthority(const Endpoint& bound, const Config& config) {
    OwnAuthority own;
    own.port = bound.port;
    own.allowedHosts = config.settings.allowedHosts;
    if (!bound.address.isNull() && !bound.address.isLoopback())
        own.boundHost = bound.address.toString().toLatin1();
    return own;
}

} // namespace sallyport
