// SPDX-License-Identifier: MIT
#include "core/transfer/ccswitchreader.h"

#include "core/transfer/lenientjson.h"
#include "core/transfer/variablesprovider.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr std::size_t kMostProviders = 1000;

FoundProvider providerOf(const QString& name, const QJsonObject& settings,
                         const QJsonObject& meta) {
    ClientVariables variables;
    const QJsonObject env = settings[QLatin1String("env")].toObject();
    for (auto it = env.begin(); it != env.end(); ++it)
        variables.emplace(it.key().toUtf8(), it.value().toVariant().toString().toUtf8());
    FoundProvider provider = providerOfVariables(name, variables);
    const QString format = meta[QLatin1String("apiFormat")].toString(
        settings[QLatin1String("api_format")].toString(QStringLiteral("anthropic")));
    if (format != QLatin1String("anthropic"))
        provider.obstacle = QCoreApplication::translate(
                                "Import", "it speaks %1; Sallyport passes the Messages API on and "
                                          "does not translate")
                                .arg(shownProviderName(format));
    if (settings.contains(QLatin1String("apiKeyHelper")))
        provider.left << QCoreApplication::translate(
            "Import", "apiKeyHelper: an upstream has a program in credential_command:");
    return provider;
}

} // namespace

Result<std::vector<FoundProvider>, QString> ccSwitchProviders(const QByteArray& configJson) {
    const auto config = lenientJsonObject(configJson);
    if (!config) return Failure{config.error()};
    const QJsonObject claude = config->contains(QLatin1String("claude"))
                                   ? (*config)[QLatin1String("claude")].toObject()
                                   : *config;
    const QString current = claude[QLatin1String("current")].toString();
    const QJsonObject entries = claude[QLatin1String("providers")].toObject();
    std::vector<FoundProvider> providers;
    for (auto it = entries.begin(); it != entries.end(); ++it) {
        if (providers.size() == kMostProviders) break;
        const QJsonObject entry = it.value().toObject();
        FoundProvider provider = providerOf(entry[QLatin1String("name")].toString(it.key()),
                                            entry[QLatin1String("settingsConfig")].toObject(),
                                            entry[QLatin1String("meta")].toObject());
        provider.isInUse = !current.isEmpty() && it.key() == current;
        providers.push_back(std::move(provider));
    }
    return providers;
}

FoundProvider ccSwitchProvider(const CcSwitchRow& row) {
    const auto settings = lenientJsonObject(row.settings);
    const auto meta = lenientJsonObject(row.meta);
    FoundProvider provider =
        providerOf(row.name, settings ? *settings : QJsonObject(), meta ? *meta : QJsonObject());
    if (!settings)
        provider.obstacle =
            QCoreApplication::translate("Import", "what it consists of %1").arg(settings.error());
    provider.isInUse = row.isCurrent;
    return provider;
}

} // namespace sallyport
