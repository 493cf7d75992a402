// SPDX-License-Identifier: MIT
#include "core/config/gatewayedit.h"

#include "core/config/routesedit.h"
#include "core/config/routesfile.h"
#include "core/config/yamledit.h"
#include "core/route/routetable.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

const QString kSandbox = QStringLiteral("sandbox");

template <typename Entry>
const Entry* named(const std::vector<Entry>& entries, const QString& name) {
    const auto at = std::find_if(entries.begin(), entries.end(),
                                 [&name](const Entry& entry) { return entry.name == name; });
    return at == entries.end() ? nullptr : &*at;
}

void editUpstream(RoutesEdit& edit, const FirstGateway& gateway) {
    const RoutesEntry entry{RoutesList::Upstreams, gateway.name};
    edit.set(entry, {QByteArray("targets"), std::size_t{0}}, "url",
             yaml::quotedScalar(gateway.url));
    if (!gateway.credential.isEmpty())
        edit.set(entry, {}, "credential", yaml::quotedScalar(gateway.credential));
    edit.set(entry, {}, "credential_as", gateway.isApiKey ? "x-api-key" : "bearer");
    if (gateway.caFile.isEmpty())
        edit.unset(entry, {QByteArray("tls")}, "ca_file");
    else
        edit.set(entry, {QByteArray("tls")}, "ca_file", yaml::quotedScalar(gateway.caFile));
}

void addRoute(RoutesEdit& edit, const RoutesFile& file, const QString& upstream) {
    QString name = defaultRoutes().routes.front().name;
    while (named(file.routes, name))
        name += QStringLiteral("-2");
    edit.add(RoutesList::Routes, {{"name", yaml::quotedScalar(name)},
                                  {"match", "{path: /}"},
                                  {"upstream", yaml::quotedScalar(upstream)}});
}

/// Leads the requests of Claude Code to an upstream. A route that does something else with them is
/// not made into another one.
Result<QByteArray, ConfigError> withRouteTo(RoutesEdit& edit, const RoutesFile& file,
                                            const QString& upstream, const ConfigError& otherwise) {
    const QString route = gatewayInUse(file.routes, file.upstreams).route;
    const Route* taking = named(file.routes, route);
    if (taking && !std::holds_alternative<ToUpstream>(taking->action)) return Failure{otherwise};
    if (taking)
        edit.set({RoutesList::Routes, route}, {}, "upstream", yaml::quotedScalar(upstream));
    else
        addRoute(edit, file, upstream);
    return edit.result();
}

ConfigError notToAnUpstream(const QByteArray& yaml, const QString& fileName) {
    return configErrorAt(fileName, yaml,
                         {{},
                          QCoreApplication::translate(
                              "Config", "the route that takes the requests of Claude Code leads to "
                                        "no upstream; edit the file by hand")});
}

} // namespace

GatewayInUse gatewayInUse(const std::vector<Route>& routes,
                          const std::vector<UpstreamConfig>& upstreams) {
    GatewayInUse in;
    const RouteTable table(routes);
    const auto outcome = table.match({"POST", {}, "/v1/messages"});
    const auto* found = std::get_if<RouteFound>(&outcome);
    if (!found) return in;
    in.route = found->route->name;
    const auto* to = std::get_if<ToUpstream>(&found->route->action);
    for (const UpstreamConfig& upstream : upstreams)
        if (to && upstream.name == to->upstream) in.upstream = upstream;
    return in;
}

QString targetUrl(const UpstreamTarget& target) {
    return QLatin1String(target.isTls ? "https://" : "http://") +
           QString::fromUtf8(target.authority + target.basePath);
}

Result<QByteArray, ConfigError> withGateway(const QByteArray& yaml, const QString& fileName,
                                            const FirstGateway& gateway) {
    const auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    RoutesEdit edit(yaml, fileName);
    if (named(parsed->upstreams, gateway.name))
        editUpstream(edit, gateway);
    else
        edit.add(upstreamEntry(gateway));
    return withRouteTo(edit, *parsed, gateway.name, notToAnUpstream(yaml, fileName));
}

Result<QByteArray, ConfigError> withUpstream(const QByteArray& yaml, const QString& fileName,
                                             const QString& upstream) {
    const auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    RoutesEdit edit(yaml, fileName);
    return withRouteTo(edit, *parsed, upstream, notToAnUpstream(yaml, fileName));
}

Result<QByteArray, ConfigError> withSandbox(const QByteArray& yaml, const QString& fileName) {
    const auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    const auto sandbox = std::find_if(parsed->upstreams.begin(), parsed->upstreams.end(),
                                      [](const UpstreamConfig& up) { return up.isSandbox; });
    return withUpstream(yaml, fileName,
                        sandbox == parsed->upstreams.end() ? kSandbox : sandbox->name);
}

} // namespace sallyport
