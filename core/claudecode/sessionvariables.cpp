// SPDX-License-Identifier: MIT
#include "core/claudecode/sessionvariables.h"

#include "core/claudecode/listeningfile.h"
#include "core/secrets/redact.h"
#include "core/secrets/secretmask.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

QString shown(const Variable& variable, const QString& value) {
    const QByteArray bytes = value.toUtf8();
    return QString::fromUtf8(variable.isSecret && !bytes.isEmpty() ? maskOf(bytes, true)
                                                                   : redactedText(bytes));
}

} // namespace

std::vector<Variable> variablesForProcess(const ClientEnvironment& environment) {
    const QString noProxy = qEnvironmentVariable("NO_PROXY", qEnvironmentVariable("no_proxy"));
    std::vector<Variable> variables = variablesFor(environment, noProxy);
    const auto find = [&variables](QLatin1String name) {
        return std::find_if(variables.begin(), variables.end(),
                            [name](const Variable& one) { return one.name == name; });
    };
    // Programs read one or the other; where both spellings are used, both must exempt us.
    const auto upper = find(QLatin1String("NO_PROXY"));
    if (upper != variables.end() && qEnvironmentVariableIsSet("no_proxy") &&
        find(QLatin1String("no_proxy")) == variables.end())
        variables.push_back({QStringLiteral("no_proxy"), QString(upper->value), false});
    return variables;
}

ConnectStatus sessionStatus(const ClientEnvironment& environment, const QString& stateDir) {
    ConnectStatus status;
    status.file = QCoreApplication::translate("SettingsConnector", "this terminal");
    status.runningAddress = runningAddress(stateDir);
    status.isConnected = true;
    for (const Variable& variable : variablesForProcess(environment)) {
        const QByteArray name = variable.name.toUtf8();
        KeyStatus key{variable.name, KeyState::Missing};
        key.wanted = shown(variable, variable.value);
        if (qEnvironmentVariableIsSet(name.constData())) {
            const QString value = qEnvironmentVariable(name.constData());
            key.current = shown(variable, value);
            key.state = value == variable.value ? KeyState::Applied : KeyState::Differs;
        }
        status.isConnected = status.isConnected && key.state == KeyState::Applied;
        status.keys.push_back(std::move(key));
    }
    return status;
}

} // namespace sallyport
