// SPDX-License-Identifier: MIT
#include "core/engine/configsummary.h"

#include "core/support/hostport.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace sallyport {

namespace {

QString destinationOf(const RouteAction& action) {
    if (const auto* to = std::get_if<ToUpstream>(&action)) return to->upstream;
    if (const auto* to = std::get_if<ToRespond>(&action)) return QString::number(to->status);
    if (const auto* to = std::get_if<ToRedirect>(&action)) return QString::fromLatin1(to->location);
    if (std::holds_alternative<ToBlock>(action)) return Engine::tr("blocked");
    return Engine::tr("direct");
}

bool isSandbox(const Config& config, const QString& name) {
    return std::any_of(config.upstreams.begin(), config.upstreams.end(),
                       [&name](const auto& up) { return up.name == name && up.isSandbox; });
}

} // namespace

ConfigSummary summaryOf(const Config& config, const QString& dir) {
    ConfigSummary out;
    out.dir = dir;
    out.hasRoutesFile = QFile::exists(QDir(dir).filePath(QStringLiteral("routes.yaml")));
    for (const UpstreamConfig& upstream : config.upstreams)
        out.upstreams << upstream.name;
    bool hasReal = false;
    bool hasSandbox = false;
    for (const Route& route : config.routes) {
        const QString from = QString::fromUtf8(route.match.host + route.match.path);
        out.routes.append({route.name, from + QStringLiteral(" → ") + destinationOf(route.action),
                           route.isEnabled});
        const auto* to = std::get_if<ToUpstream>(&route.action);
        if (!route.isEnabled || !to) continue;
        (isSandbox(config, to->upstream) ? hasSandbox : hasReal) = true;
    }
    out.isSandboxOnly = hasSandbox && !hasReal;
    return out;
}

QString addressText(const Endpoint& endpoint) {
    return hostPort(endpoint.address.toString(), endpoint.port);
}

} // namespace sallyport
