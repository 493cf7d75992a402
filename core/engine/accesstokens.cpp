// SPDX-License-Identifier: MIT
#include "core/engine/accesstokens.h"

#include "core/claudecode/clientenvironment.h"
#include "core/credential/environmentsecret.h"
#include "core/credential/filesecret.h"
#include "core/observe/log.h"
#include "core/secrets/proxypasswords.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

/// Guessing 16 characters takes longer than a network lasts.
constexpr qsizetype kLeastBytes = 16;

QString text(const char* source) { return QCoreApplication::translate("Engine", source); }

SecretState stateOf(const TokenSource& source, const Clock& clock) {
    if (source.kind == TokenSource::Kind::File) return FileSecret(source.name, clock).state();
    return EnvironmentSecret(source.name).state();
}

/// Why the token cannot be used; empty when it can.
QString faultOf(const QByteArray& token, const QByteArray& localToken,
                const std::vector<NamedClient>& before) {
    if (token.size() < kLeastBytes)
        return text(QT_TRANSLATE_NOOP("Engine", "its token is shorter than 16 characters"));
    const auto isTaken = [&](const NamedClient& other) { return other.token == token; };
    if (token == localToken || std::any_of(before.begin(), before.end(), isTaken))
        return text(QT_TRANSLATE_NOOP("Engine", "its token is that of another client, or the local "
                                                "one; each needs one of its own"));
    return {};
}

/// Also those of the environment that no `via: system` takes: they are ours to keep all the same.
QByteArrayList proxyPasswords(const Config& from) {
    QByteArrayList out{from.forwardVia.password};
    for (const UpstreamConfig& upstream : from.upstreams)
        out << upstream.via.password;
    for (const QByteArray& name : proxyVariableNames())
        out << passwordsInProxyUrl(qgetenv(name.constData()));
    out.removeAll({});
    return out;
}

} // namespace

QByteArrayList AccessTokens::all() const {
    QByteArrayList out{local};
    for (const NamedClient& client : clients)
        out << client.token;
    return out + passwords;
}

Result<AccessTokens, QString> readAccessTokens(const Config& from, const QString& stateDir,
                                               const Clock& clock) {
    auto local = configuredToken(from.settings.token, stateDir);
    if (!local) return Failure{local.error()};
    AccessTokens out{std::move(local).value(), {}};
    out.passwords = proxyPasswords(from);
    for (const ClientConfig& config : from.settings.clients) {
        const SecretState state = stateOf(config.token, clock);
        const auto* none = std::get_if<SecretUnavailable>(&state);
        const auto* token = std::get_if<QByteArray>(&state);
        const QString fault = none    ? none->problem
                              : token ? faultOf(*token, out.local, out.clients)
                                      : QString();
        if (!token || !fault.isEmpty())
            return Failure{text(QT_TRANSLATE_NOOP("Engine", "access.clients: \"%1\": %2"))
                               .arg(config.name, fault)};
        out.clients.push_back({config, *token});
    }
    return out;
}

void renewKnownSecrets(ExchangeLog& exchanges, const QByteArrayList& secrets) {
    const KnownSecrets known = exchanges.knownSecrets().renewed(secrets);
    exchanges.setKnownSecrets(known);
    log::setKnownSecrets(known);
}

} // namespace sallyport
