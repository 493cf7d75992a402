// SPDX-License-Identifier: MIT
#include "core/claudecode/variables.h"

#include <QStringList>
#include <QUrl>

namespace sallyport {

namespace {

/// Names under which a proxy must not be asked for us. Claude Code exempts no loopback by itself.
QStringList ownHosts(const QString& baseUrl) {
    QStringList hosts{QStringLiteral("127.0.0.1"), QStringLiteral("localhost")};
    const QString host = QUrl(baseUrl).host();
    if (host.isEmpty() || hosts.contains(host)) return hosts;
    // QUrl drops the brackets of an IPv6 address; a client may compare with or without them.
    if (host.contains(u':')) hosts << QString(u'[' + host + u']');
    return hosts << host;
}

/// The list as it is, followed by the hosts that it lacks. Comma or spaces separate; `*` covers
/// all.
QString mergedNoProxy(const QString& existing, const QStringList& hosts) {
    const QStringList present = QString(existing).replace(u' ', u',').split(u',');
    if (present.contains(QLatin1String("*"))) return existing;
    QString merged = existing;
    for (const QString& host : hosts) {
        if (present.contains(host, Qt::CaseInsensitive)) continue;
        if (!merged.isEmpty() && !merged.endsWith(u',')) merged += u',';
        merged += host;
    }
    return merged;
}

} // namespace

std::vector<Variable> variablesFor(const ClientEnvironment& environment,
                                   const QString& existingNoProxy) {
    const QString on = QStringLiteral("1");
    std::vector<Variable> variables;
    if (environment.mode == EnvMode::Gateway) {
        const QString token =
            environment.token.isEmpty() ? QStringLiteral("sallyport") : environment.token;
        variables = {{QStringLiteral("ANTHROPIC_BASE_URL"), environment.baseUrl, false},
                     {QStringLiteral("ANTHROPIC_AUTH_TOKEN"), token, !environment.token.isEmpty()}};
    } else {
        variables = {{QStringLiteral("HTTP_PROXY"), environment.baseUrl, false},
                     {QStringLiteral("HTTPS_PROXY"), environment.baseUrl, false},
                     {QStringLiteral("NODE_EXTRA_CA_CERTS"), environment.caFile, false}};
    }
    variables.push_back({QStringLiteral("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"), on, false});
    variables.push_back(
        {QStringLiteral("CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL"), on, false});
    variables.push_back({QStringLiteral("NO_PROXY"),
                         mergedNoProxy(existingNoProxy, ownHosts(environment.baseUrl)), false});
    return variables;
}

} // namespace sallyport
