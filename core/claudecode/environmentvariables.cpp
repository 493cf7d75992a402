// SPDX-License-Identifier: MIT
#include "core/claudecode/environmentvariables.h"

#include "core/claudecode/noproxylist.h"

#include <QStringList>

namespace sallyport {

namespace {

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
    const QString noProxy = noProxyList(existingNoProxy, environment.baseUrl,
                                        isGateway ? QStringList() : environment.interceptedHosts);
    if (!isGateway && environment.hasLowerCaseProxy)
        variables.push_back({QStringLiteral("no_proxy"), noProxy, false});
    variables.push_back({QStringLiteral("NO_PROXY"), noProxy, false});
    std::erase_if(variables, [&environment](const Variable& variable) {
        return environment.without.contains(variable.name);
    });
    return variables;
}

} // namespace sallyport
