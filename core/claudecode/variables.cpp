// SPDX-License-Identifier: MIT
#include "core/claudecode/variables.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>

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

/// Whether Claude Code reads an entry of NO_PROXY as one for a host: `*`, the host itself, or
/// `.suffix`, each perhaps with a port.
bool isExempt(const QString& host, QString entry) {
    if (const qsizetype colon = entry.lastIndexOf(u':'); colon > 0) entry.truncate(colon);
    if (entry == QLatin1String("*") || entry.compare(host, Qt::CaseInsensitive) == 0) return true;
    return entry.startsWith(u'.') && QString(u'.' + host).endsWith(entry, Qt::CaseInsensitive);
}

/// The list without what would exempt one of the hosts.
QString withoutHosts(const QString& existing, const QStringList& hosts) {
    QStringList entries = QString(existing).replace(u' ', u',').split(u',');
    const qsizetype before = entries.size();
    entries.removeIf([&hosts](const QString& entry) {
        return std::any_of(hosts.begin(), hosts.end(),
                           [&entry](const QString& host) { return isExempt(host, entry); });
    });
    return entries.size() == before ? existing : entries.join(u',');
}

std::vector<Variable> gatewayVariables(const ClientEnvironment& environment) {
    const QString token =
        environment.token.isEmpty() ? QStringLiteral("sallyport") : environment.token;
    return {{QStringLiteral("ANTHROPIC_BASE_URL"), environment.baseUrl, false},
            {QStringLiteral("ANTHROPIC_AUTH_TOKEN"), token, !environment.token.isEmpty()}};
}

std::vector<Variable> proxyVariables(const ClientEnvironment& environment) {
    QStringList names{QStringLiteral("HTTP_PROXY"), QStringLiteral("HTTPS_PROXY")};
    if (environment.hasLowerCaseProxy)
        names << QStringLiteral("http_proxy") << QStringLiteral("https_proxy");
    std::vector<Variable> variables;
    for (const QString& name : names)
        variables.push_back({name, environment.baseUrl, false});
    variables.push_back({QStringLiteral("NODE_EXTRA_CA_CERTS"), environment.caFile, false});
    if (!environment.token.isEmpty())
        variables.push_back({QStringLiteral("ANTHROPIC_AUTH_TOKEN"), environment.token, true});
    return variables;
}

} // namespace

std::vector<Variable> variablesFor(const ClientEnvironment& environment,
                                   const QString& existingNoProxy) {
    const QString on = QStringLiteral("1");
    const bool isGateway = environment.mode == EnvMode::Gateway;
    std::vector<Variable> variables =
        isGateway ? gatewayVariables(environment) : proxyVariables(environment);
    variables.push_back({QStringLiteral("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"), on, false});
    variables.push_back(
        {QStringLiteral("CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL"), on, false});
    const QString present =
        isGateway ? existingNoProxy : withoutHosts(existingNoProxy, environment.interceptedHosts);
    const QString noProxy = mergedNoProxy(present, ownHosts(environment.baseUrl));
    if (!isGateway && environment.hasLowerCaseProxy)
        variables.push_back({QStringLiteral("no_proxy"), noProxy, false});
    variables.push_back({QStringLiteral("NO_PROXY"), noProxy, false});
    std::erase_if(variables, [&environment](const Variable& variable) {
        return environment.without.contains(variable.name);
    });
    return variables;
}

} // namespace sallyport
