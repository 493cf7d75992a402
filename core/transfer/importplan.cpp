// SPDX-License-Identifier: MIT
#include "core/transfer/importplan.h"

#include "core/config/addresses.h"
#include "core/config/gatewayedit.h"
#include "core/config/routesedit.h"
#include "core/config/routesfile.h"
#include "core/transfer/keyfile.h"
#include "core/transfer/upstreamname.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Names that a new upstream, its entry of the keychain and its key file must not have.
QStringList takenNames(const RoutesFile& file, const ImportChoice& choice) {
    QStringList taken = choice.takenKeys;
    for (const UpstreamConfig& upstream : file.upstreams) {
        taken << upstream.name;
        for (const CredentialSource& source : upstream.credentials)
            if (source.kind == CredentialSource::Kind::Keychain) taken << source.name;
    }
    return taken;
}

EntryKeys keysOf(const FoundProvider& provider, const QString& name, ImportPlan& plan,
                 KeyPlace place) {
    EntryKeys keys{
        {"name", yaml::scalarText(name)},
        {"targets", "[{url: " + yaml::quotedScalar(provider.url) + "}]"},
    };
    QString credential;
    if (!provider.keyVariable.isEmpty())
        credential = QLatin1String("env:") + provider.keyVariable;
    else if (!provider.key.isEmpty()) {
        plan.keys.push_back({name, provider.key});
        credential = place == KeyPlace::Keychain
                         ? QString(QLatin1String("keychain:") + name)
                         : QString(QLatin1String("file:") + keyFileReference(name));
    }
    if (credential.isEmpty()) return keys;
    keys.emplace_back("credential", yaml::quotedScalar(credential));
    if (provider.isApiKey) keys.emplace_back("credential_as", "x-api-key");
    return keys;
}

QByteArray valueOf(const EntryKeys& keys, const QByteArray& key) {
    for (const auto& [name, value] : keys)
        if (name == key) return value;
    return {};
}

QString textOf(const QByteArray& flow) {
    const auto value = yaml::parse(flow);
    return value ? QString::fromUtf8(value->node->text) : QString();
}

/// Routes that the file lacks, as long as what they lead to is there.
void addRoutes(RoutesEdit& edit, const RoutesFile& file, const ImportChoice& choice,
               ImportPlan& plan) {
    for (const EntryKeys& keys : choice.routes) {
        const QString name = textOf(valueOf(keys, "name"));
        const QString to = textOf(valueOf(keys, "upstream"));
        const bool isThere = std::any_of(file.routes.begin(), file.routes.end(),
                                         [&](const Route& route) { return route.name == name; });
        const auto isTarget = [&](const UpstreamConfig& upstream) { return upstream.name == to; };
        const bool leads = to.isEmpty() || to == QLatin1String("sandbox") ||
                           plan.upstreams.contains(to) ||
                           std::any_of(file.upstreams.begin(), file.upstreams.end(), isTarget);
        if (isThere || !leads || name.isEmpty()) continue;
        edit.add(RoutesList::Routes, keys);
        plan.routes << name;
    }
}

/// The exported file, without upstreams that are not wanted and the routes that lead to them.
Result<ImportPlan, ConfigError> planWhole(const QString& fileName, const ImportChoice& choice) {
    const auto file = parseRoutes(*choice.whole, fileName);
    if (!file) return Failure{file.error()};
    ImportPlan plan;
    for (const FoundProvider& provider : choice.providers)
        plan.upstreams << provider.name;
    RoutesEdit edit(*choice.whole, fileName);
    for (const Route& route : file->routes) {
        const auto* to = std::get_if<ToUpstream>(&route.action);
        const bool stays = !to || to->upstream == QLatin1String("sandbox") ||
                           plan.upstreams.contains(to->upstream);
        if (stays)
            plan.routes << route.name;
        else
            edit.remove({RoutesList::Routes, route.name});
    }
    for (const UpstreamConfig& upstream : file->upstreams)
        if (!upstream.isSandbox && !plan.upstreams.contains(upstream.name))
            edit.remove({RoutesList::Upstreams, upstream.name});
    auto text = edit.result();
    if (!text) return Failure{text.error()};
    plan.text = std::move(text).value();
    return plan;
}

} // namespace

Result<ImportPlan, ConfigError> planImport(const QByteArray& yaml, const QString& fileName,
                                           const ImportChoice& choice) {
    if (choice.whole) return planWhole(fileName, choice);
    const auto file = parseRoutes(yaml, fileName);
    if (!file) return Failure{file.error()};
    ImportPlan plan;
    QStringList taken = takenNames(*file, choice);
    RoutesEdit edit(yaml, fileName);
    for (const FoundProvider& provider : choice.providers) {
        const bool isExported = !provider.entry.empty();
        const QString name =
            isExported ? provider.name : freeUpstreamName(provider.name, provider.url, taken);
        edit.add(RoutesList::Upstreams,
                 isExported ? provider.entry : keysOf(provider, name, plan, choice.keyPlace));
        taken << name;
        plan.upstreams << name;
    }
    addRoutes(edit, *file, choice, plan);
    auto text = edit.result();
    if (text && choice.inUse)
        text = withUpstream(*text, fileName,
                            plan.upstreams.value(static_cast<qsizetype>(*choice.inUse)));
    if (!text) return Failure{text.error()};
    plan.text = std::move(text).value();
    return plan;
}

QString presentUpstream(const QByteArray& yaml, const QString& fileName,
                        const FoundProvider& provider) {
    const auto file = parseRoutes(yaml, fileName);
    const auto wanted = scalars::upstreamUrl(provider.url.toUtf8());
    if (!file) return {};
    for (const UpstreamConfig& upstream : file->upstreams) {
        if (!provider.entry.empty() && upstream.name == provider.name) return upstream.name;
        for (const UpstreamTarget& target : upstream.targets)
            if (provider.entry.empty() && wanted && target.isTls == wanted->isTls &&
                target.authority == wanted->authority && target.basePath == wanted->basePath)
                return upstream.name;
    }
    return {};
}

bool leadsSomewhere(const QByteArray& yaml, const QString& fileName) {
    const auto file = parseRoutes(yaml, fileName);
    if (!file) return true;
    const GatewayInUse used = gatewayInUse(file->routes, file->upstreams);
    return !used.upstream.name.isEmpty() && !used.upstream.isSandbox;
}

} // namespace sallyport
