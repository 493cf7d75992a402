// SPDX-License-Identifier: MIT
#include "core/config/upstreamfields.h"

#include "core/config/yamlpath.h"

namespace sallyport {

namespace {

const yaml::Path kTls{QByteArray("tls")};

QString textAt(const yaml::Value& entry, const yaml::Path& path) {
    const yaml::Value* value = yaml::valueAt(entry, path);
    return value ? QString::fromUtf8(value->node->text) : QString();
}

QByteArray targetsYaml(const QStringList& urls) {
    QByteArrayList targets;
    for (const QString& url : urls)
        targets.append("{url: " + yaml::quotedScalar(url) + '}');
    return '[' + targets.join(", ") + ']';
}

/// As many as before: each in its place, with what else it has.
void writeTargets(RoutesEdit& edit, const RoutesEntry& entry, const UpstreamFields& before,
                  const UpstreamFields& after) {
    if (before.urls.size() != after.urls.size()) {
        edit.set(entry, {}, "targets", targetsYaml(after.urls));
        return;
    }
    for (qsizetype i = 0; i < after.urls.size(); ++i)
        if (before.urls[i] != after.urls[i])
            edit.set(entry, {QByteArray("targets"), static_cast<std::size_t>(i)}, "url",
                     yaml::quotedScalar(after.urls[i]));
}

void write(RoutesEdit& edit, const UpstreamFields& before, const UpstreamFields& after) {
    const RoutesEntry entry{RoutesList::Upstreams, before.name};
    writeTargets(edit, entry, before, after);
    if (before.credential != after.credential) {
        if (after.credential.isEmpty())
            edit.unset(entry, {}, "credential");
        else
            edit.set(entry, {}, "credential", yaml::quotedScalar(after.credential));
    }
    if (before.isApiKey != after.isApiKey)
        edit.set(entry, {}, "credential_as", after.isApiKey ? "x-api-key" : "bearer");
    if (before.caFile != after.caFile) {
        if (after.caFile.isEmpty())
            edit.unset(entry, kTls, "ca_file");
        else
            edit.set(entry, kTls, "ca_file", yaml::quotedScalar(after.caFile));
    }
    edit.rename(entry, after.name);
}

EntryKeys newUpstream(const UpstreamFields& fields) {
    EntryKeys keys{{"name", yaml::scalarText(fields.name)}};
    if (fields.isSandbox) {
        keys.emplace_back("sandbox", "true");
        return keys;
    }
    keys.emplace_back("targets", targetsYaml(fields.urls));
    if (!fields.credential.isEmpty())
        keys.emplace_back("credential", yaml::quotedScalar(fields.credential));
    if (fields.isApiKey) keys.emplace_back("credential_as", "x-api-key");
    if (!fields.caFile.isEmpty())
        keys.emplace_back("tls", "{ca_file: " + yaml::quotedScalar(fields.caFile) + '}');
    return keys;
}

} // namespace

UpstreamFields upstreamFields(const QByteArray& yaml, const QString& name) {
    UpstreamFields fields;
    const auto root = yaml::parse(yaml);
    const yaml::Value* entry = root ? yaml::entryNamed(*root, "upstreams", name) : nullptr;
    if (!entry) return fields;
    fields.name = name;
    fields.isSandbox = textAt(*entry, {QByteArray("sandbox")}) == QLatin1String("true");
    const yaml::Value* targets = yaml::valueAt(*entry, {QByteArray("targets")});
    for (std::size_t i = 0; targets && i < targets->node->items.size(); ++i)
        fields.urls.append(textAt(targets->node->items[i], {QByteArray("url")}));
    fields.credential = textAt(*entry, {QByteArray("credential")});
    if (fields.credential == QLatin1String("none")) fields.credential.clear();
    fields.hasOtherCredential = yaml::valueAt(*entry, {QByteArray("credentials")}) ||
                                yaml::valueAt(*entry, {QByteArray("credential_command")});
    fields.isApiKey = textAt(*entry, {QByteArray("credential_as")}) == QLatin1String("x-api-key");
    fields.caFile = textAt(*entry, {QByteArray("tls"), QByteArray("ca_file")});
    return fields;
}

Result<QByteArray, ConfigError> withUpstreamFields(const QByteArray& yaml, const QString& fileName,
                                                   const QString& former,
                                                   const UpstreamFields& fields) {
    RoutesEdit edit(yaml, fileName);
    if (former.isEmpty())
        edit.add(RoutesList::Upstreams, newUpstream(fields));
    else
        write(edit, upstreamFields(yaml, former), fields);
    return edit.result();
}

} // namespace sallyport
