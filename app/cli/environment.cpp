// SPDX-License-Identifier: MIT
#include "app/cli/environment.h"

#include "app/cli/console.h"
#include "app/cli/report.h"
#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/settingsconnector.h"
#include "core/config/loader.h"

#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sallyport::cli {

namespace {

/// Where to and with which token; on a fault it is said, and nothing comes back.
std::optional<ClientEnvironment> factsFor(const Invocation& invocation, bool makesToken) {
    const auto config = loadConfig(invocation.configDir);
    if (!config) {
        complainPlainly(config.error().toString());
        return {};
    }
    auto facts = clientEnvironment((*config)->settings,
                                   {invocation.stateDir, invocation.listen, makesToken});
    if (!facts) {
        complain(facts.error());
        return {};
    }
    return std::move(facts).value();
}

int refused(const ConnectError& error) {
    complain(error.message + (error.snippet.isEmpty() ? QString() : QStringLiteral(":")));
    if (!error.snippet.isEmpty()) complainPlainly(error.snippet);
    return error.line > 0 ? kExitWrong : kExitNo;
}

/// Says what came of it, in the form that was asked for.
template <typename Outcome, typename Text, typename Json>
int response(const Invocation& invocation, const Outcome& outcome, Text text, Json json) {
    if (!outcome) return refused(outcome.error());
    if (invocation.isJson)
        say(json(*outcome));
    else
        say(text(*outcome));
    return kExitDone;
}

/// The variables for this process's own surroundings.
std::vector<Variable> variablesHere(const ClientEnvironment& facts) {
    const ClaudePlaces places = ClaudePlaces::fromEnvironment(EnvTarget::Claude);
    std::vector<Variable> variables = variablesFor(facts, places.noProxy);
    // Programs read one or the other; where both spellings are used, both must exempt us.
    if (qEnvironmentVariableIsSet("no_proxy"))
        variables.push_back({QStringLiteral("no_proxy"), variables.back().value, false});
    return variables;
}

int undo(const Invocation& invocation) {
    // What is taken back stands in the journal: a broken configuration must not be in the way.
    ClientEnvironment facts{
        baseUrlFor(QHostAddress(QHostAddress::LocalHost), 8899), {}, {}, EnvMode::Gateway};
    SettingsConnector connection(invocation.target, facts, invocation.stateDir);
    return response(invocation, connection.undo(), undoText, undoJson);
}

} // namespace

int environment(const Invocation& invocation) {
    if (invocation.command == Command::EnvUndo) return undo(invocation);
    const bool isLooking =
        invocation.command == Command::EnvPlan || invocation.command == Command::EnvStatus;
    const auto facts = factsFor(invocation, !isLooking);
    if (!facts) return kExitWrong;
    if (invocation.command == Command::EnvPrint) {
        say(shellLines(invocation.shell, variablesHere(*facts)));
        return kExitDone;
    }
    SettingsConnector connection(invocation.target, *facts, invocation.stateDir);
    if (invocation.command == Command::EnvPlan)
        return response(invocation, connection.plan(), planText, planJson);
    if (invocation.command == Command::EnvStatus)
        return response(invocation, connection.status(), statusText, statusJson);
    return response(invocation, connection.apply(), appliedText, planJson);
}

int runProgram(const Invocation& invocation) {
    constexpr int kExitNotFound = 127;
    constexpr int kExitCannotRun = 126;
    const auto facts = factsFor(invocation, true);
    if (!facts) return kExitWrong;
    for (const Variable& variable : variablesHere(*facts))
        qputenv(variable.name.toUtf8().constData(), variable.value.toUtf8());
#ifdef Q_OS_UNIX
    std::vector<std::string> program = invocation.program;
    std::vector<char*> arguments;
    for (std::string& word : program)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    const int reason = errno;
    complain(QString::fromLocal8Bit(program.front().c_str()) + QLatin1String(": ") +
             qt_error_string(reason));
    return reason == ENOENT ? kExitNotFound : kExitCannotRun;
#else
    complain(QStringLiteral("run is not there yet on this system"));
    Q_UNUSED(kExitNotFound)
    return kExitCannotRun;
#endif
}

} // namespace sallyport::cli
