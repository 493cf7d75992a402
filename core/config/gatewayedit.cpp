// SPDX-License-Identifier: MIT
#include "core/config/gatewayedit.h"

#include "core/config/addresses.h"
#include "core/config/quoting.h"
#include "core/config/routesfile.h"
#include "core/config/yamledit.h"
#include "core/route/routetable.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

const QString kSandbox = QStringLiteral("sandbox");

template <typename Entry>
Entry* named(std::vector<Entry>& entries, const QString& name) {
    const auto at = std::find_if(entries.begin(), entries.end(),
                                 [&name](const Entry& entry) { return entry.name == name; });
    return at == entries.end() ? nullptr : &*at;
}

/// A text and what it is to mean; each step changes both.
class Edit {
public:
    Edit(QByteArray yaml, QString fileName, RoutesFile meaning)
        : m_yaml(std::move(yaml))
        , m_fileName(std::move(fileName))
        , m_wanted(std::move(meaning)) {}

    [[nodiscard]] RoutesFile& wanted() { return m_wanted; }
    [[nodiscard]] yaml::Value tree() const { return *yaml::parse(m_yaml); }

    /// Takes the first of the ways after which the text means what is wanted.
    void take(const std::vector<yaml::Splice>& ways, yaml::Place place) {
        if (m_error || meansWhatIsWanted(m_yaml)) return;
        for (const yaml::Splice& way : ways) {
            QByteArray edited = way.appliedTo(m_yaml);
            if (!meansWhatIsWanted(edited)) continue;
            m_yaml = std::move(edited);
            return;
        }
        m_error = configErrorAt(
            m_fileName, m_yaml,
            {place,
             QCoreApplication::translate("Config", "this cannot be changed here without changing "
                                                   "something else; edit the file by hand")});
    }
    /// Sets one key of the map at `map`.
    void set(const yaml::Value* map, const yaml::KeyEdit& edit) {
        if (m_error || meansWhatIsWanted(m_yaml)) return;
        if (map)
            take(yaml::waysToSet(m_yaml, *map->node, edit), map->place);
        else
            take({}, {});
    }
    void append(const yaml::ListEntry& entry) {
        if (!m_error) take(yaml::waysToAppend(m_yaml, tree(), entry), {});
    }
    [[nodiscard]] Result<QByteArray, ConfigError> result() && {
        if (m_error) return Failure{*m_error};
        return std::move(m_yaml);
    }

private:
    [[nodiscard]] bool meansWhatIsWanted(const QByteArray& yaml) const {
        const auto parsed = parseRoutes(yaml, m_fileName);
        return parsed && *parsed == m_wanted;
    }

    QByteArray m_yaml;
    QString m_fileName;
    RoutesFile m_wanted;
    std::optional<ConfigError> m_error;
};

/// The map of the first target of an upstream; null when there is none.
const yaml::Value* firstTarget(const yaml::Value* upstream) {
    const yaml::Pair* targets = upstream ? yaml::pairOf(*upstream->node, "targets") : nullptr;
    if (!targets || targets->value.node->items.empty()) return nullptr;
    return &targets->value.node->items.front();
}

void setTarget(Edit& edit, UpstreamConfig& upstream, const FirstGateway& gateway) {
    const auto url = scalars::upstreamUrl(gateway.url.toUtf8());
    if (!url || upstream.targets.empty()) return;
    const int weight = upstream.targets.front().weight;
    upstream.targets.front() = *url;
    upstream.targets.front().weight = weight;
    const yaml::Value tree = edit.tree();
    edit.set(firstTarget(yaml::entryNamed(tree, "upstreams", upstream.name)),
             {"url", yaml::quotedScalar(gateway.url)});
}

void setCredentialSource(UpstreamConfig& upstream, const CredentialSource& source) {
    upstream.credentials.clear();
    if (source.kind != CredentialSource::Kind::None) upstream.credentials = {source};
}

void setCredential(Edit& edit, UpstreamConfig& upstream, const FirstGateway& gateway,
                   const QString& dir) {
    if (!gateway.credential.isEmpty()) {
        const auto source = scalars::credentialSource(gateway.credential.toUtf8(), dir);
        if (source) setCredentialSource(upstream, *source);
        const yaml::Value tree = edit.tree();
        edit.set(yaml::entryNamed(tree, "upstreams", upstream.name),
                 {"credential", yaml::quotedScalar(gateway.credential)});
    }
    upstream.credentialAs = gateway.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer;
    const yaml::Value tree = edit.tree();
    edit.set(yaml::entryNamed(tree, "upstreams", upstream.name),
             {"credential_as", gateway.isApiKey ? "x-api-key" : "bearer"});
}

void setCaFile(Edit& edit, UpstreamConfig& upstream, const FirstGateway& gateway,
               const QString& dir) {
    upstream.caFile =
        gateway.caFile.isEmpty() ? QString() : scalars::absolutePath(gateway.caFile, dir);
    const QByteArray path = yaml::quotedScalar(gateway.caFile);
    const yaml::Value tree = edit.tree();
    const yaml::Value* entry = yaml::entryNamed(tree, "upstreams", upstream.name);
    const yaml::Pair* tls = entry ? yaml::pairOf(*entry->node, "tls") : nullptr;
    if (tls && tls->value.node->kind == yaml::Kind::Map)
        edit.set(&tls->value, {"ca_file", path});
    else
        edit.set(entry, {"tls", "{ca_file: " + path + '}'});
}

UpstreamConfig configOf(const FirstGateway& gateway, const QString& dir) {
    UpstreamConfig upstream;
    upstream.name = gateway.name;
    if (const auto url = scalars::upstreamUrl(gateway.url.toUtf8())) upstream.targets = {*url};
    if (const auto source = scalars::credentialSource(gateway.credential.toUtf8(), dir))
        setCredentialSource(upstream, *source);
    upstream.credentialAs = gateway.isApiKey ? CredentialForm::XApiKey : CredentialForm::Bearer;
    if (!gateway.caFile.isEmpty()) upstream.caFile = scalars::absolutePath(gateway.caFile, dir);
    return upstream;
}

void addUpstream(Edit& edit, UpstreamConfig upstream, const yaml::ListEntry& entry) {
    auto& upstreams = edit.wanted().upstreams;
    // The built-in sandbox stands last, after those of the file.
    const yaml::Value tree = edit.tree();
    const bool hasBuiltIn = !upstreams.empty() && upstreams.back().name == kSandbox &&
                            !yaml::entryNamed(tree, "upstreams", kSandbox);
    upstreams.insert(upstreams.end() - (hasBuiltIn ? 1 : 0), std::move(upstream));
    edit.append(entry);
}

/// The built-in sandbox is among the upstreams exactly when a route leads to it.
void updateBuiltIn(Edit& edit) {
    RoutesFile& file = edit.wanted();
    const yaml::Value tree = edit.tree();
    if (yaml::entryNamed(tree, "upstreams", kSandbox)) return;
    std::erase_if(file.upstreams, [](const UpstreamConfig& up) { return up.name == kSandbox; });
    const bool isUsed = std::any_of(file.routes.begin(), file.routes.end(), [](const Route& route) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        return to && to->upstream == kSandbox;
    });
    if (isUsed) file.upstreams.push_back(defaultRoutes().upstreams.front());
}

void addRoute(Edit& edit, const QString& upstream) {
    Route route = defaultRoutes().routes.front();
    while (named(edit.wanted().routes, route.name))
        route.name += QStringLiteral("-2");
    route.action = ToUpstream{upstream};
    const QByteArray name = yaml::quotedScalar(route.name);
    const QByteArray to = yaml::quotedScalar(upstream);
    edit.wanted().routes.push_back(route);
    updateBuiltIn(edit);
    edit.append({"routes", "- name: " + name + "\n  match: {path: /}\n  upstream: " + to + '\n',
                 "{name: " + name + ", match: {path: /}, upstream: " + to + '}'});
}

/// Leads the requests of Claude Code to an upstream.
void setRoute(Edit& edit, const QString& route, const QString& upstream) {
    Route* taking = named(edit.wanted().routes, route);
    if (!taking) {
        addRoute(edit, upstream);
        return;
    }
    taking->action = ToUpstream{upstream};
    updateBuiltIn(edit);
    const yaml::Value tree = edit.tree();
    edit.set(yaml::entryNamed(tree, "routes", route), {"upstream", yaml::quotedScalar(upstream)});
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
    auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    const QString route = gatewayInUse(parsed->routes, parsed->upstreams).route;
    const QString dir = QFileInfo(fileName).absolutePath();
    Edit edit(yaml, fileName, std::move(parsed).value());
    if (UpstreamConfig* known = named(edit.wanted().upstreams, gateway.name)) {
        setTarget(edit, *known, gateway);
        setCredential(edit, *known, gateway, dir);
        setCaFile(edit, *known, gateway, dir);
    } else {
        addUpstream(edit, configOf(gateway, dir), upstreamEntry(gateway));
    }
    setRoute(edit, route, gateway.name);
    return std::move(edit).result();
}

Result<QByteArray, ConfigError> withUpstream(const QByteArray& yaml, const QString& fileName,
                                             const QString& upstream) {
    auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    const QString route = gatewayInUse(parsed->routes, parsed->upstreams).route;
    Edit edit(yaml, fileName, std::move(parsed).value());
    setRoute(edit, route, upstream);
    return std::move(edit).result();
}

Result<QByteArray, ConfigError> withSandbox(const QByteArray& yaml, const QString& fileName) {
    auto parsed = parseRoutes(yaml, fileName);
    if (!parsed) return Failure{parsed.error()};
    const auto sandbox = std::find_if(parsed->upstreams.begin(), parsed->upstreams.end(),
                                      [](const UpstreamConfig& up) { return up.isSandbox; });
    return withUpstream(yaml, fileName,
                        sandbox == parsed->upstreams.end() ? kSandbox : sandbox->name);
}

} // namespace sallyport
