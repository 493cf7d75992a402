// SPDX-License-Identifier: MIT
#include "core/transfer/exportedconfig.h"

#include "core/config/defaultfiles.h"
#include "core/config/gatewayedit.h"
#include "core/config/routesfile.h"
#include "core/config/settingsfile.h"
#include "core/config/yamlpath.h"
#include "core/secrets/redact.h"
#include "core/support/visibletext.h"
#include "core/transfer/yamlsecrets.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace sallyport {

namespace {

constexpr const char* kRoutesMark = "--- # routes.yaml\n";
constexpr const char* kSettingsMark = "--- # settings.yaml\n";

/// A line for each credential, with what gives it.
QByteArray credentialLines(const std::vector<UpstreamConfig>& upstreams, const QString& dir) {
    QByteArray lines;
    for (const UpstreamConfig& upstream : upstreams) {
        for (const CredentialSource& source : upstream.credentials) {
            QString place = source.name;
            if (place.startsWith(dir + u'/')) place.remove(0, dir.size() + 1);
            const QByteArray name = place.toUtf8();
            lines += "#   " + upstream.name.toUtf8() + ": ";
            switch (source.kind) {
            case CredentialSource::Kind::None: lines += "none"; break;
            case CredentialSource::Kind::Environment: lines += "the variable " + name; break;
            case CredentialSource::Kind::File: lines += "the file " + name; break;
            case CredentialSource::Kind::Keychain:
                lines += "sallyport credential set " + name;
                break;
            case CredentialSource::Kind::Command: lines += "what credential_command prints"; break;
            }
            lines += '\n';
        }
    }
    return lines;
}

QByteArray headText(const std::vector<UpstreamConfig>& upstreams, const QString& dir) {
    const QByteArray lines = credentialLines(upstreams, dir);
    QByteArray head = "# A configuration of Sallyport, without keys. To take it in:\n"
                      "#   sallyport config import FILE\n";
    if (!lines.isEmpty()) head += "# Keys belong here:\n" + lines;
    return head;
}

QByteArray endedLine(QByteArray text) {
    if (text.startsWith("\xEF\xBB\xBF")) text.remove(0, 3);
    if (!text.endsWith('\n')) text += '\n';
    return text;
}

ConfigError cannotClean(const QString& file) {
    return {file, 0, 0,
            QCoreApplication::translate("Import",
                                        "a secret in it cannot be replaced; take it out by hand")};
}

/// One document of a text, with the lines before it left empty so that places in it are right;
/// absent where its mark is not there.
std::optional<QByteArray> documentOf(const QByteArray& text, const QByteArray& mark) {
    QByteArray plain = text;
    plain.replace("\r\n", "\n");
    const QByteArray framed = '\n' + plain;
    const qsizetype found = framed.indexOf(QByteArray('\n' + mark));
    if (found < 0) return {};
    const qsizetype from = found + mark.size();
    qsizetype end = framed.indexOf("\n--- # ", from);
    if (end < 0) end = framed.size();
    return QByteArray(framed.left(from).count('\n'), '\n') + framed.mid(from + 1, end - from);
}

/// Without those at its start.
QByteArray withoutEmptyLines(const QByteArray& text) {
    qsizetype from = 0;
    while (from < text.size() && text[from] == '\n')
        ++from;
    return text.sliced(from);
}

EntryKeys entryKeysOf(const yaml::Node& entry) {
    EntryKeys keys;
    for (const yaml::Pair& pair : entry.pairs)
        keys.emplace_back(pair.key, yaml::flowText(*pair.value.node));
    return keys;
}

/// What `credential_command` of the upstream runs, without what looks like a key.
QString programOf(const UpstreamConfig& upstream) {
    for (const CredentialSource& source : upstream.credentials)
        if (source.kind == CredentialSource::Kind::Command)
            return QString::fromUtf8(redactedText(visibleText(source.command.join(u' ')).toUtf8()));
    return {};
}

QString firstUrl(const UpstreamConfig& upstream) {
    return upstream.targets.empty() ? QString() : targetUrl(upstream.targets.front());
}

} // namespace

/// An export that could not be taken in again is none.
static Result<ExportedConfig, ConfigError> readBack(ExportedConfig exported,
                                                    const QString& routesFile) {
    if (!exportSource(exported.text, routesFile)) return Failure{cannotClean(routesFile)};
    return exported;
}

Result<ExportedConfig, ConfigError> exportedConfig(const ConfigTexts& texts,
                                                   const QString& configDir) {
    const QString routesFile = configDir + QLatin1String("/routes.yaml");
    const QString settingsFile = configDir + QLatin1String("/settings.yaml");
    const QByteArray routes = texts.routes.value_or(sandboxRoutesText());
    const auto parsed = parseRoutes(routes, routesFile);
    if (!parsed) return Failure{parsed.error()};
    const CleanYaml clean = withoutYamlSecrets(
        routes, [&](const QByteArray& text) { return parseRoutes(text, routesFile).isOk(); });
    if (clean.text.isEmpty() && !routes.isEmpty()) return Failure{cannotClean(routesFile)};
    ExportedConfig exported{headText(parsed->upstreams, configDir) + kRoutesMark +
                                endedLine(clean.text),
                            clean.replaced};
    if (!texts.settings) return readBack(std::move(exported), routesFile);
    const auto settings = parseSettings(*texts.settings, settingsFile);
    if (!settings) return Failure{settings.error()};
    const CleanYaml other = withoutYamlSecrets(*texts.settings, [&](const QByteArray& text) {
        return parseSettings(text, settingsFile).isOk();
    });
    if (other.text.isEmpty() && !texts.settings->isEmpty())
        return Failure{cannotClean(settingsFile)};
    exported.text += kSettingsMark + endedLine(other.text);
    exported.replaced << other.replaced;
    return readBack(std::move(exported), routesFile);
}

Result<ImportSource, QString> exportSource(const QByteArray& text, const QString& file) {
    const QByteArray routes = documentOf(text, kRoutesMark).value_or(text);
    const auto parsed = parseRoutes(routes, file);
    if (!parsed) return Failure{parsed.error().toString()};
    ImportSource source{ImportOrigin::Export, file};
    source.text = withoutEmptyLines(routes);
    const QByteArray settings = documentOf(text, kSettingsMark).value_or(QByteArray());
    const auto checked = parseSettings(settings, file);
    if (!checked) return Failure{checked.error().toString()};
    source.settings = withoutEmptyLines(settings);
    const auto root = yaml::parse(routes);
    const QString used = gatewayInUse(parsed->routes, parsed->upstreams).upstream.name;
    for (const UpstreamConfig& upstream : parsed->upstreams) {
        const yaml::Value* entry = yaml::entryNamed(*root, "upstreams", upstream.name);
        if (!entry) continue;
        FoundProvider provider{upstream.name, firstUrl(upstream)};
        provider.isInUse = upstream.name == used;
        provider.program = programOf(upstream);
        provider.entry = entryKeysOf(*entry->node);
        source.providers.push_back(std::move(provider));
    }
    for (const Route& route : parsed->routes)
        if (const yaml::Value* entry = yaml::entryNamed(*root, "routes", route.name))
            source.routes.push_back(entryKeysOf(*entry->node));
    return source;
}

} // namespace sallyport
