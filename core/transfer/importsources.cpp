// SPDX-License-Identifier: MIT
#include "core/transfer/importsources.h"

#include "core/config/addresses.h"
#include "core/config/loader.h"
#include "core/doctor/claudesettings.h"
#include "core/support/regularfile.h"
#include "core/transfer/ccswitchreader.h"
#include "core/transfer/exportedconfig.h"
#include "core/transfer/lenientjson.h"
#include "core/transfer/providerdatabase.h"
#include "core/transfer/routerreader.h"
#include "core/transfer/variablesprovider.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QUrl>

#include <optional>

namespace sallyport {

namespace {

using Providers = Result<std::vector<FoundProvider>, QString>;

bool isOurselves(const QString& url, quint16 ownPort) {
    const auto target = scalars::upstreamUrl(url.toUtf8());
    if (!target || ownPort == 0 || target->port != ownPort) return false;
    const QString host = QString::fromUtf8(target->host);
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// What Claude Code would use if it started now. Without an address a key goes to Anthropic.
std::optional<ImportSource> runningSetup(const ImportPlaces& places) {
    const ClaudeSettings settings(readClaudeSources(places.claude, places.environment));
    ClientVariables variables;
    QString file;
    for (const char* name :
         {"ANTHROPIC_BASE_URL", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "ANTHROPIC_MODEL",
          "ANTHROPIC_SMALL_FAST_MODEL", "ANTHROPIC_DEFAULT_OPUS_MODEL",
          "ANTHROPIC_DEFAULT_SONNET_MODEL", "ANTHROPIC_DEFAULT_HAIKU_MODEL",
          "ANTHROPIC_CUSTOM_HEADERS", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"}) {
        const auto value = settings.variable(name);
        if (!value) continue;
        variables.emplace(name, value->value);
        if (file.isEmpty()) file = value->file;
    }
    const bool hasKey =
        variables.count("ANTHROPIC_AUTH_TOKEN") > 0 || variables.count("ANTHROPIC_API_KEY") > 0;
    if (variables.count("ANTHROPIC_BASE_URL") == 0) {
        if (!hasKey) return {};
        variables.emplace("ANTHROPIC_BASE_URL", "https://api.anthropic.com");
    }
    const QString url = QString::fromUtf8(variables.at("ANTHROPIC_BASE_URL"));
    FoundProvider provider = providerOfVariables(QUrl(url).host(), variables);
    if (provider.name.isEmpty()) provider.name = QStringLiteral("gateway");
    provider.isInUse = true;
    if (isOurselves(provider.url, places.ownPort))
        provider.obstacle = QCoreApplication::translate(
            "Import", "it is Sallyport itself: Claude Code is connected already");
    if (settings.setting("apiKeyHelper"))
        provider.left << QCoreApplication::translate(
            "Import", "apiKeyHelper: an upstream has a program in credential_command:");
    return ImportSource{ImportOrigin::ClaudeCode, file, {std::move(provider)}};
}

/// The newer one of the two files that a program may have, as long as it is there.
std::optional<ImportSource> fromProgram(ImportOrigin origin, const QString& database,
                                        const QString& json) {
    const bool isCcSwitch = origin == ImportOrigin::CcSwitch;
    const bool hasDatabase = QFileInfo::exists(database);
    if (!hasDatabase && !QFileInfo::exists(json)) return {};
    ImportSource source{origin, hasDatabase ? database : json};
    Providers providers = [&]() -> Providers {
        if (hasDatabase)
            return isCcSwitch ? providerdatabase::readCcSwitch(database)
                              : providerdatabase::readRouter(database);
        const auto text = readRegularFile(json, kMaxForeignBytes);
        if (!text) return Failure{text.error()};
        return isCcSwitch ? ccSwitchProviders(*text) : claudeCodeRouterProviders(*text);
    }();
    if (providers)
        source.providers = std::move(providers).value();
    else
        source.problem = providers.error();
    return source;
}

} // namespace

ImportPlaces ImportPlaces::ofProcess(const QString& configDir) {
    const auto config = loadConfig(configDir);
    return {QDir::homePath(), SettingsPaths::fromEnvironment(ClientTarget::Claude),
            processEnvironment(), config ? (*config)->settings.listenPort : Settings().listenPort};
}

std::vector<ImportSource> findImports(const ImportPlaces& places) {
    std::vector<ImportSource> sources;
    const auto add = [&](std::optional<ImportSource> source) {
        if (!source) return;
        for (FoundProvider& provider : source->providers)
            if (provider.obstacle.isEmpty() && isOurselves(provider.url, places.ownPort))
                provider.obstacle = QCoreApplication::translate("Import", "it is Sallyport itself");
        sources.push_back(std::move(*source));
    };
    add(runningSetup(places));
    const QString ccSwitch = places.home + QLatin1String("/.cc-switch/");
    add(fromProgram(ImportOrigin::CcSwitch, ccSwitch + QLatin1String("cc-switch.db"),
                    ccSwitch + QLatin1String("config.json")));
    const QString router = places.home + QLatin1String("/.claude-code-router/");
    add(fromProgram(ImportOrigin::ClaudeCodeRouter, router + QLatin1String("config.sqlite"),
                    router + QLatin1String("config.json")));
    return sources;
}

Result<ImportSource, QString> readExport(const QString& file) {
    const auto text = readRegularFile(file, yaml::kMaxFileBytes);
    if (!text) return Failure{QString(file + QLatin1String(": ") + text.error())};
    return exportSource(*text, file);
}

QString importOriginWord(ImportOrigin origin) {
    switch (origin) {
    case ImportOrigin::ClaudeCode: return QStringLiteral("claude-code");
    case ImportOrigin::CcSwitch: return QStringLiteral("cc-switch");
    case ImportOrigin::ClaudeCodeRouter: return QStringLiteral("claude-code-router");
    case ImportOrigin::Export: return {};
    }
    Q_UNREACHABLE();
}

QString importOriginName(ImportOrigin origin) {
    switch (origin) {
    case ImportOrigin::ClaudeCode:
        return QCoreApplication::translate("Import", "Claude Code as it is set up now");
    case ImportOrigin::CcSwitch: return QStringLiteral("cc-switch");
    case ImportOrigin::ClaudeCodeRouter: return QStringLiteral("claude-code-router");
    case ImportOrigin::Export:
        return QCoreApplication::translate("Import", "A configuration of Sallyport");
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
