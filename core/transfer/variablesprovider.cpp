// SPDX-License-Identifier: MIT
#include "core/transfer/variablesprovider.h"

#include "core/config/addresses.h"
#include "core/config/quoting.h"
#include "core/credential/secretsource.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QByteArray valueOf(const ClientVariables& variables, const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? QByteArray() : found->second.trimmed();
}

bool isOn(const QByteArray& value) { return !value.isEmpty() && value != "0" && value != "false"; }

/// Names only: a value may be a secret.
void nameWhatIsLeft(FoundProvider& provider, const ClientVariables& variables) {
    QStringList models;
    for (const auto& [name, value] : variables)
        if (!value.isEmpty() && name.startsWith("ANTHROPIC_") && name.contains("MODEL"))
            models << QString::fromUtf8(name).left(64);
    if (!models.isEmpty())
        provider.left << QCoreApplication::translate(
                             "Import", "names of models (%1): a route has them in model:")
                             .arg(models.join(QLatin1String(", ")));
    if (!valueOf(variables, "ANTHROPIC_CUSTOM_HEADERS").isEmpty())
        provider.left << QCoreApplication::translate(
            "Import", "ANTHROPIC_CUSTOM_HEADERS: a route has them in request_headers:");
}

} // namespace

QString shownProviderName(const QString& name) {
    constexpr qsizetype kMaxName = 64;
    // A name that looks like a secret is one in the wrong place.
    const QString shown = shownValue(name.left(kMaxName).simplified().toUtf8());
    QString plain;
    for (const QChar c : shown)
        if (c.isPrint() && !c.isSurrogate()) plain += c;
    return plain.left(kMaxName).trimmed();
}

void setProviderUrl(FoundProvider& provider, const QString& url) {
    QString base = url.trimmed();
    for (const char* tail : {"/v1/messages", "/v1/messages/"})
        if (base.endsWith(QLatin1String(tail))) base.chop(static_cast<int>(qstrlen(tail)));
    while (base.endsWith(u'/'))
        base.chop(1);
    if (base.isEmpty()) {
        provider.obstacle = QCoreApplication::translate(
            "Import", "it has no address: Claude Code goes to Anthropic with a login of its own");
        return;
    }
    const auto target = scalars::upstreamUrl(base.toUtf8());
    if (target)
        provider.url = base;
    else
        provider.obstacle = target.error();
}

void setProviderKey(FoundProvider& provider, const QByteArray& key) {
    if (key.isEmpty()) return;
    auto checked = key.size() > SecretSource::kMaxBytes
                       ? Result<QByteArray, QString>(
                             Failure{QCoreApplication::translate("Import", "is above 64 KiB")})
                       : checkedSecret(key);
    if (checked)
        provider.key = std::move(checked).value();
    else if (provider.obstacle.isEmpty())
        provider.obstacle =
            QCoreApplication::translate("Import", "its key %1").arg(checked.error());
}

FoundProvider providerOfVariables(const QString& name, const ClientVariables& variables) {
    FoundProvider provider;
    provider.name = shownProviderName(name);
    for (const char* cloud : {"CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"}) {
        if (!isOn(valueOf(variables, cloud))) continue;
        provider.obstacle =
            QCoreApplication::translate("Import", "%1 is on: it speaks to a cloud in its own way")
                .arg(QLatin1String(cloud));
        return provider;
    }
    setProviderUrl(provider, QString::fromUtf8(valueOf(variables, "ANTHROPIC_BASE_URL")));
    const QByteArray token = valueOf(variables, "ANTHROPIC_AUTH_TOKEN");
    const QByteArray apiKey = valueOf(variables, "ANTHROPIC_API_KEY");
    provider.isApiKey = token.isEmpty() && !apiKey.isEmpty();
    setProviderKey(provider, provider.isApiKey ? apiKey : token);
    if (!token.isEmpty() && !apiKey.isEmpty() && token != apiKey)
        provider.left << QCoreApplication::translate(
            "Import", "ANTHROPIC_API_KEY: ANTHROPIC_AUTH_TOKEN is there too and wins");
    nameWhatIsLeft(provider, variables);
    return provider;
}

} // namespace sallyport
