// SPDX-License-Identifier: MIT
#include "core/transfer/routerreader.h"

#include "core/transfer/lenientjson.h"
#include "core/transfer/variablesprovider.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qsizetype kMostProviders = 1000;

QString textOf(const QJsonObject& object, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const QString text = object[QLatin1String(name)].toString(); !text.isEmpty())
            return text;
    return {};
}

/// Names of all transformers, those of single models included.
QStringList transformersOf(const QJsonObject& entry) {
    QStringList names;
    const QJsonObject transformer = entry[QLatin1String("transformer")].toObject();
    const auto add = [&names](const QJsonArray& uses) {
        for (const QJsonValue use : uses) {
            // Either a name, or a name with options.
            const QString name = use.isArray() ? use.toArray().at(0).toString() : use.toString();
            if (!name.isEmpty()) names << shownProviderName(name);
        }
    };
    add(transformer[QLatin1String("use")].toArray());
    for (const QJsonValue part : transformer)
        add(part.toObject()[QLatin1String("use")].toArray());
    names.removeDuplicates();
    return names;
}

/// The base URL for the Messages API that version 3 has found out by itself.
QString messagesUrl(const QJsonObject& entry) {
    for (const QJsonValue value : entry[QLatin1String("capabilities")].toArray()) {
        const QJsonObject capability = value.toObject();
        if (capability[QLatin1String("type")] == QLatin1String("anthropic_messages"))
            return textOf(capability, {"baseUrl", "endpoint"});
    }
    return {};
}

bool isMessagesApi(const QJsonObject& entry, const QString& url, const QStringList& transformers) {
    const QString type = textOf(entry, {"type", "protocol"});
    if (!type.isEmpty()) return type == QLatin1String("anthropic_messages");
    const bool isNative =
        std::any_of(transformers.begin(), transformers.end(), [](const QString& name) {
            return name.compare(QLatin1String("anthropic"), Qt::CaseInsensitive) == 0;
        });
    return isNative || url.endsWith(QLatin1String("/v1/messages"));
}

void takeKey(FoundProvider& provider, const QString& key) {
    static const QRegularExpression variable(
        QStringLiteral("\\A\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))\\z"));
    const auto match = variable.match(key.left(256));
    if (match.hasMatch())
        provider.keyVariable = match.captured(1) + match.captured(2);
    else
        setProviderKey(provider, key.toUtf8());
}

FoundProvider providerOf(const QJsonObject& entry) {
    FoundProvider provider;
    provider.name = shownProviderName(textOf(entry, {"name", "NAME"}));
    const QString found = messagesUrl(entry);
    const QString url = textOf(entry, {"api_base_url", "baseUrl", "baseurl", "HOST"});
    QStringList transformers = transformersOf(entry);
    if (found.isEmpty() && !isMessagesApi(entry, url, transformers)) {
        provider.obstacle = QCoreApplication::translate(
            "Import", "it does not speak the Messages API, and Sallyport does not translate");
        return provider;
    }
    setProviderUrl(provider, found.isEmpty() ? url : found);
    provider.isApiKey = true;
    takeKey(provider, textOf(entry, {"api_key", "apikey", "apiKey", "APIKEY"}));
    transformers.removeIf([](const QString& name) {
        return name.compare(QLatin1String("anthropic"), Qt::CaseInsensitive) == 0;
    });
    if (!transformers.isEmpty())
        provider.left << QCoreApplication::translate("Import", "transformers (%1)")
                             .arg(transformers.mid(0, 8).join(QLatin1String(", ")));
    return provider;
}

} // namespace

Result<std::vector<FoundProvider>, QString>
claudeCodeRouterProviders(const QByteArray& configJson) {
    const auto config = lenientJsonObject(configJson);
    if (!config) return Failure{config.error()};
    const QJsonArray entries = config->contains(QLatin1String("Providers"))
                                   ? (*config)[QLatin1String("Providers")].toArray()
                                   : (*config)[QLatin1String("providers")].toArray();
    // `provider,model`, or `provider/model`.
    const QString used = (*config)[QLatin1String("Router")][QLatin1String("default")].toString();
    std::vector<FoundProvider> providers;
    for (qsizetype i = 0; i < std::min(entries.size(), kMostProviders); ++i) {
        const QJsonObject entry = entries.at(i).toObject();
        const QString name = textOf(entry, {"name", "NAME"});
        FoundProvider provider = providerOf(entry);
        provider.isInUse =
            !name.isEmpty() && (used.startsWith(name + u',') || used.startsWith(name + u'/'));
        providers.push_back(std::move(provider));
    }
    return providers;
}

} // namespace sallyport
