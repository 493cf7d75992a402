// SPDX-License-Identifier: MIT
#include "core/config/intranetpreset.h"

#include "core/config/gatewayedit.h"
#include "core/config/nearestname.h"
#include "core/config/quoting.h"
#include "core/config/routesfile.h"
#include "core/config/yamledit.h"
#include "core/config/yamltree.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

/// A route of the preset as it is written. `upstream` and `access` of the one that leads to the
/// upstream are known only when it is written.
struct PresetRoute {
    const char* name;
    const char* match;
    const char* action; ///< null: to the upstream
    const char* comment = nullptr;
};

constexpr const char* kHosts[] = {"api.anthropic.com", "platform.claude.com"};

constexpr PresetRoute kRoutes[] = {
    {"intranet-hello", "{host: api.anthropic.com, path: /api/hello}",
     R"(respond: {status: 200, headers: {Content-Type: application/json}, body: "{}"})",
     "Claude Code in an intranet: what it asks of Anthropic besides the Messages API is answered "
     "here."},
    {"intranet-login-hello", "{host: platform.claude.com, path: /v1/oauth/hello}",
     R"(respond: {status: 200, headers: {Content-Type: application/json}, body: "{}"})"},
    {"intranet-events", "{host: api.anthropic.com, path: /api/event_logging}",
     R"(respond: {status: 200, headers: {Content-Type: application/json}, body: "{}"})"},
    {"intranet-flags", "{host: api.anthropic.com, path: /api/eval}",
     R"(respond: {status: 200, headers: {Content-Type: application/json}, body: "{\"features\":{}}"})"},
    {"intranet-webfetch", "{host: api.anthropic.com, path: /api/web/domain_info}",
     R"(respond: {status: 200, headers: {Content-Type: application/json}, body: "{\"can_fetch\":true}"})",
     "Without it every WebFetch fails; which hosts can be reached is for the network to say."},
    {"intranet-others", "{host: api.anthropic.com}",
     R"(respond: {status: 404, headers: {Content-Type: application/json}, body: "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"not here\"}}"})",
     "Settings, policy limits, bootstrap and the like: the client goes on at once without them."},
    {"intranet-login-others", "{host: platform.claude.com}",
     R"(respond: {status: 404, headers: {Content-Type: application/json}, body: "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"not here\"}}"})"},
    {"intranet-messages", "{host: api.anthropic.com, path: /v1}", nullptr,
     "The Messages API itself."},
    {"intranet-block-anthropic", "{host: \"*.anthropic.com\"}", "block: true",
     "Other hosts that it asks: refused at once, instead of waiting for a network that is closed."},
    {"intranet-block-claude", "{host: \"*.claude.com\"}", "block: true"},
    {"intranet-block-claude-ai", "{host: \"*.claude.ai\"}", "block: true"},
    {"intranet-block-telemetry", "{host: \"*.datadoghq.com\"}", "block: true"},
    {"intranet-block-changelog", "{host: raw.githubusercontent.com}", "block: true"},
    {"intranet-block-github", "{host: github.com}", "block: true",
     "Switch these two off where git and npm reach them through this proxy."},
    {"intranet-block-npm", "{host: registry.npmjs.org}", "block: true"},
};
constexpr const char* kMessagesRoute = "intranet-messages";

QString text(const char* source) { return QCoreApplication::translate("Config", source); }

Failure<ConfigError> failureAt(const QString& fileName, const QByteArray& yaml,
                               const QString& message) {
    return Failure{configErrorAt(fileName, yaml, {{}, message})};
}

const UpstreamConfig* upstreamNamed(const RoutesFile& file, const QString& name) {
    const auto at = std::find_if(file.upstreams.begin(), file.upstreams.end(),
                                 [&](const UpstreamConfig& one) { return one.name == name; });
    return at == file.upstreams.end() ? nullptr : &*at;
}

const Route* routeNamed(const RoutesFile& file, const QString& name) {
    const auto at = std::find_if(file.routes.begin(), file.routes.end(),
                                 [&](const Route& one) { return one.name == name; });
    return at == file.routes.end() ? nullptr : &*at;
}

/// The upstream of a route; empty for one that has none.
QString upstreamOf(const Route* route) {
    const auto* to = route ? std::get_if<ToUpstream>(&route->action) : nullptr;
    return to ? to->upstream : QString();
}

/// Where the requests of Claude Code go without the preset, or the only upstream.
QString usualUpstream(const RoutesFile& file) {
    const QString name = gatewayInUse(file.routes, file.upstreams).upstream.name;
    if (!name.isEmpty()) return name;
    return file.upstreams.size() == 1 ? file.upstreams.front().name : QString();
}

const QString& sandboxName() {
    static const QString name = defaultRoutes().upstreams.front().name;
    return name;
}

Result<QString, QString> chosenUpstream(const RoutesFile& file, const QString& asked) {
    const QString present = upstreamOf(routeNamed(file, QString::fromLatin1(kMessagesRoute)));
    QStringList names;
    for (const UpstreamConfig& one : file.upstreams)
        names.append(one.name);
    if (asked.isEmpty()) {
        const QString usual = present.isEmpty() ? usualUpstream(file) : present;
        if (!usual.isEmpty()) return usual;
        if (names.isEmpty()) return sandboxName();
        return Failure{text(QT_TRANSLATE_NOOP("Config", "no route takes POST /v1/messages, so say "
                                                        "which upstream is meant: --upstream %1"))
                           .arg(names.join(QLatin1Char('|')))};
    }
    if (names.contains(asked) || asked == sandboxName()) return asked;
    return Failure{text(QT_TRANSLATE_NOOP("Config", "there is no upstream \"%1\" in this file;%2"))
                       .arg(shownValue(asked.toUtf8()), suggestionFor(asked, names))};
}

/// Whether the upstream's key must not be open to every program on this machine.
bool needsToken(const RoutesFile& file, const QString& upstream) {
    const UpstreamConfig* config = upstreamNamed(file, upstream);
    return config && !config->credentials.empty();
}

/// The `key: value` of a route, in the order of the file.
std::vector<QByteArray> linesOf(const PresetRoute& route, const RoutesFile& file,
                                const QString& upstream) {
    std::vector<QByteArray> lines{QByteArray("name: ") + route.name,
                                  QByteArray("match: ") + route.match};
    if (route.action) {
        lines.emplace_back(route.action);
    } else {
        lines.push_back("upstream: " + yaml::quotedScalar(upstream));
        lines.emplace_back("count_tokens: estimate");
    }
    const bool isOpen = route.action || !needsToken(file, upstream);
    lines.emplace_back(isOpen ? "access: open" : "access: token");
    return lines;
}

void addTo(yaml::ListEntry& entry, const PresetRoute& route, const std::vector<QByteArray>& lines) {
    if (route.comment) entry.block += QByteArray("# ") + route.comment + '\n';
    QByteArray flow;
    for (const QByteArray& line : lines) {
        entry.block += (flow.isEmpty() ? "- " : "  ") + line + '\n';
        flow += (flow.isEmpty() ? QByteArray() : QByteArray(", ")) + line;
    }
    if (!entry.flow.isEmpty()) entry.flow += ",\n  ";
    entry.flow += '{' + flow + '}';
}

/// Whether two files mean the same. The built-in sandbox is among the upstreams of one that uses
/// it.
bool isSame(RoutesFile a, RoutesFile b) {
    for (RoutesFile* file : {&a, &b})
        std::erase(file->upstreams, defaultRoutes().upstreams.front());
    return a == b;
}

/// The first of the ways after which the text means `wanted`.
std::optional<QByteArray> firstThatMeans(const RoutesFile& wanted, const QByteArray& yaml,
                                         const QString& fileName,
                                         const std::vector<yaml::Splice>& ways) {
    for (const yaml::Splice& way : ways) {
        QByteArray edited = way.appliedTo(yaml);
        const auto result = parseRoutes(edited, fileName);
        if (result && isSame(*result, wanted)) return edited;
    }
    return std::nullopt;
}

/// Adds to one list; `wanted` is what the file is to mean afterwards.
std::optional<QByteArray> withEntry(const QByteArray& yaml, const QString& fileName,
                                    const yaml::ListEntry& entry, const RoutesFile& wanted) {
    if (entry.block.isEmpty()) return yaml;
    const auto root = yaml::parse(yaml);
    if (!root) return std::nullopt;
    return firstThatMeans(wanted, yaml, fileName, yaml::waysToAppend(yaml, *root, entry));
}

/// Leads the route for messages, which is there, to another upstream, and asks for the token where
/// that has a key.
std::optional<QByteArray> withUpstream(const QByteArray& yaml, const QString& fileName,
                                       const QString& upstream, RoutesFile& wanted) {
    const QString name = QString::fromLatin1(kMessagesRoute);
    const auto at = std::find_if(wanted.routes.begin(), wanted.routes.end(),
                                 [&](const Route& route) { return route.name == name; });
    if (at == wanted.routes.end() || upstreamOf(&*at).isEmpty()) return yaml;
    std::optional<QByteArray> out = yaml;
    const auto set = [&](const QByteArray& key, const QByteArray& scalar) {
        const auto root = out ? yaml::parse(*out) : yaml::parse({});
        const yaml::Value* entry = out ? yaml::entryNamed(*root, "routes", name) : nullptr;
        out = entry ? firstThatMeans(wanted, *out, fileName,
                                     yaml::waysToSet(*out, *entry, {key, scalar}))
                    : std::nullopt;
    };
    if (needsToken(wanted, upstream) && at->access == RouteAccess::Open) {
        at->access = RouteAccess::Token;
        set("access", "token");
    }
    if (upstreamOf(&*at) == upstream) return out;
    at->action = ToUpstream{upstream};
    set("upstream", yaml::quotedScalar(upstream));
    return out;
}

/// With tokens counted also where Claude Code is sent to Sallyport by address. A route that says
/// itself who counts stays as it is, and so does one that cannot be edited by itself: the client
/// does without a count.
QByteArray withTokensCounted(const QByteArray& yaml, const QString& fileName, RoutesFile& wanted) {
    const QString name = gatewayInUse(wanted.routes, wanted.upstreams).route;
    const auto at = std::find_if(wanted.routes.begin(), wanted.routes.end(),
                                 [&](const Route& route) { return route.name == name; });
    if (at == wanted.routes.end() || upstreamOf(&*at).isEmpty()) return yaml;
    const auto root = yaml::parse(yaml);
    const yaml::Value* entry = root ? yaml::entryNamed(*root, "routes", name) : nullptr;
    if (!entry || yaml::pairOf(*entry->node, "count_tokens")) return yaml;
    RoutesFile counted = wanted;
    counted.routes[static_cast<std::size_t>(at - wanted.routes.begin())].tokenCounting =
        TokenCounting::EstimateWhereMissing;
    auto edited = firstThatMeans(counted, yaml, fileName,
                                 yaml::waysToSet(yaml, *entry, {"count_tokens", "estimate"}));
    if (!edited) return yaml;
    wanted = std::move(counted);
    return *std::move(edited);
}

Failure<ConfigError> uneditable(const QString& fileName, const QByteArray& yaml,
                                const QByteArray& list) {
    const auto root = yaml::parse(yaml);
    const yaml::Pair* pair =
        root && root->node->kind == yaml::Kind::Map ? yaml::pairOf(*root->node, list) : nullptr;
    const QString message =
        text(QT_TRANSLATE_NOOP("Config", "the list \"%1\" cannot be added to here without changing "
                                         "something else; write it with one \"- \" for each entry"))
            .arg(QString::fromLatin1(list));
    return Failure{configErrorAt(fileName, yaml, {pair ? pair->keyPlace : yaml::Place{}, message})};
}

/// The routes of the preset that the file lacks.
yaml::ListEntry missingRoutes(const RoutesFile& file, IntranetPreset& out) {
    yaml::ListEntry entry{"routes", {}, {}};
    for (const PresetRoute& route : kRoutes) {
        const QString name = QString::fromLatin1(route.name);
        if (routeNamed(file, name)) continue;
        addTo(entry, route, linesOf(route, file, out.upstream));
        out.routes.append(name);
    }
    return entry;
}

yaml::ListEntry missingHosts(const RoutesFile& file, IntranetPreset& out) {
    yaml::ListEntry entry{"intercept", {}, {}};
    for (const char* host : kHosts) {
        if (file.intercept.find(host, InterceptEntry::kDefaultPort)) continue;
        entry.block += QByteArray("- ") + host + '\n';
        entry.flow += (entry.flow.isEmpty() ? QByteArray() : QByteArray(", ")) + host;
        out.hosts.append(host);
    }
    return entry;
}

/// What the new routes mean by themselves.
std::vector<Route> meaningOf(const yaml::ListEntry& routes, const QString& upstream) {
    auto file = parseRoutes("upstreams: [{name: " + yaml::quotedScalar(upstream) +
                                ", sandbox: true}]\nroutes: [" + routes.flow + "]\n",
                            {});
    return file ? std::move(file->routes) : std::vector<Route>();
}

} // namespace

Result<IntranetPreset, ConfigError>
withIntranetPreset(const QByteArray& yaml, const QString& fileName, const QString& upstream) {
    auto wanted = parseRoutes(yaml, fileName);
    if (!wanted) return Failure{wanted.error()};
    const auto chosen = chosenUpstream(*wanted, upstream);
    if (!chosen) return failureAt(fileName, yaml, chosen.error());
    IntranetPreset out;
    out.upstream = *chosen;

    const auto led = upstream.isEmpty() ? std::optional<QByteArray>(yaml)
                                        : withUpstream(yaml, fileName, out.upstream, *wanted);
    if (!led) return uneditable(fileName, yaml, "routes");
    const QByteArray counted = withTokensCounted(*led, fileName, *wanted);
    const auto routes = missingRoutes(*wanted, out);
    const auto hosts = missingHosts(*wanted, out);
    for (Route& route : meaningOf(routes, out.upstream))
        wanted->routes.push_back(std::move(route));
    const auto withRoutes = withEntry(counted, fileName, routes, *wanted);
    if (!withRoutes) return uneditable(fileName, yaml, "routes");
    for (const QByteArray& host : out.hosts)
        wanted->intercept.entries.push_back({host});
    auto withHosts = withEntry(*withRoutes, fileName, hosts, *wanted);
    if (!withHosts) return uneditable(fileName, yaml, "intercept");
    out.text = *std::move(withHosts);
    return out;
}

} // namespace sallyport
