// SPDX-License-Identifier: MIT
#include "app/cli/environment.h"

#include "app/cli/console.h"
#include "app/cli/leftovers.h"
#include "app/cli/report.h"
#include "core/claudecode/connecttargets.h"
#include "core/claudecode/interceptreadiness.h"
#include "core/claudecode/sessionvariables.h"
#include "core/claudecode/shellassignments.h"
#include "core/config/loader.h"

#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sallyport::cli {

namespace {

/// What interception lacks; nothing when it can be.
std::optional<QString> interceptFault(const InterceptReadiness& readiness) {
    switch (readiness.state) {
    case InterceptReadiness::State::Ready: return {};
    case InterceptReadiness::State::NoHosts:
        return QStringLiteral(
            "--mode intercept: `intercept:` in routes.yaml names no host; `sallyport config preset "
            "intranet` adds those of Claude Code");
    case InterceptReadiness::State::NoAuthority:
        return QStringLiteral(
            "--mode intercept: there is no local authority, whose certificate Claude Code has to "
            "trust; make it with `sallyport ca create`, or add --create-ca");
    case InterceptReadiness::State::Broken: break;
    }
    return QLatin1String("--mode intercept: ") + readiness.problem;
}

/// Whether the mode that is asked for can be; prints why not.
bool isReadyFor(const Invocation& invocation, const Config& config) {
    if (invocation.connect.choice.mode != EnvMode::Intercept) return true;
    InterceptReadiness readiness = interceptReadiness(config, invocation.stateDir);
    if (readiness.state == InterceptReadiness::State::NoAuthority && invocation.createsCa) {
        const auto made = makeAuthority(config, invocation.stateDir);
        if (!made) {
            printError(made.error());
            return false;
        }
        readiness = interceptReadiness(config, invocation.stateDir);
    }
    const auto fault = interceptFault(readiness);
    if (fault) printError(*fault);
    return !fault;
}

/// What connections are made of; nothing, with the reason printed, where the files or the mode do
/// not allow any.
std::optional<ConnectTargets> connectionsFor(const Invocation& invocation) {
    const auto config = loadConfig(invocation.configDir);
    if (!config) {
        printErrorAsIs(config.error().toString());
        return {};
    }
    if (!isReadyFor(invocation, **config)) return {};
    return ConnectTargets(**config, invocation.stateDir, invocation.listen);
}

/// The address and token for clients; nothing, with the reason printed, when they cannot be read.
std::optional<ClientEnvironment> environmentFor(const Invocation& invocation, bool makesToken) {
    const auto connections = connectionsFor(invocation);
    if (!connections) return {};
    auto environment = connections->environment(invocation.connect.choice, makesToken);
    if (environment) return std::move(environment).value();
    printError(environment.error());
    return {};
}

/// A status without a word on the mode is of what was chosen when it was applied.
Invocation asApplied(const Invocation& invocation) {
    Invocation other = invocation;
    const auto& asked = invocation.connect.choice;
    const auto choice = ConnectTargets::appliedChoice(invocation.connect, invocation.stateDir);
    if (choice && !invocation.mode && asked == ConnectChoice()) other.connect.choice = *choice;
    return other;
}

int printRefusal(const ConnectError& error) {
    printError(error.message + (error.snippet.isEmpty() ? QString() : QStringLiteral(":")));
    if (!error.snippet.isEmpty()) printErrorAsIs(error.snippet);
    return error.line > 0 ? kExitWrong : kExitNo;
}

/// Prints the outcome as text or JSON. Returns the exit code.
template <typename Outcome, typename Text, typename Json>
int printOutcome(const Invocation& invocation, const Outcome& outcome, Text text, Json json) {
    if (!outcome) return printRefusal(outcome.error());
    if (invocation.isJson)
        printOutput(json(*outcome));
    else
        printOutput(text(*outcome));
    return kExitDone;
}

int undo(const Invocation& invocation) {
    if (invocation.isAll) {
        const auto reports = ConnectTargets::undoAll(invocation.stateDir);
        const int code = printOutcome(invocation, reports, undoAllText, undoAllJson);
        // Without --json also what a person who removes Sallyport has to know.
        if (code == kExitDone && !invocation.isJson)
            printOutput(leftoversText(findLeftovers(invocation.configDir, invocation.stateDir)));
        return code;
    }
    return printOutcome(invocation, ConnectTargets::undo(invocation.connect, invocation.stateDir),
                        undoText, undoJson);
}

/// One terminal: nothing is written, lines are printed for it to evaluate.
int runForSession(const Invocation& invocation) {
    const bool isLooking = invocation.command == Command::EnvStatus;
    const auto environment =
        environmentFor(invocation, !isLooking && invocation.command != Command::EnvPlan);
    if (!environment) return kExitWrong;
    const auto variables = variablesForProcess(*environment);
    if (isLooking || invocation.command == Command::EnvPlan) {
        const ConnectStatus status = sessionStatus(*environment, invocation.stateDir);
        const auto target = invocation.connect.target;
        printOutput(invocation.isJson ? QString::fromUtf8(statusJson(status))
                                      : statusText(status, target));
        return isLooking && leadsNowhere(status) ? kExitNo : kExitDone;
    }
    const bool isUndo = invocation.command == Command::EnvUndo;
    printOutput(isUndo ? unsetLines(invocation.shell, variables)
                       : shellLines(invocation.shell, variables));
    return kExitDone;
}

int runForFiles(const Invocation& invocation) {
    const bool isApply = invocation.command == Command::EnvApply;
    const auto connections = connectionsFor(invocation);
    if (!connections) return kExitWrong;
    auto connection = connections->connector(invocation.connect, isApply);
    if (!connection) {
        printError(connection.error());
        return kExitWrong;
    }
    const ClientTarget target = invocation.connect.target;
    if (invocation.command == Command::EnvPlan)
        return printOutcome(invocation, connection->plan(), planText, planJson);
    if (invocation.command == Command::EnvStatus) {
        const auto status = connection->status();
        const int code = printOutcome(
            invocation, status,
            [target](const ConnectStatus& is) { return statusText(is, target); }, statusJson);
        return status && leadsNowhere(*status) ? kExitNo : code;
    }
    return printOutcome(
        invocation, connection->apply(),
        [target](const ConnectPlan& plan) { return appliedText(plan, target); }, planJson);
}

} // namespace

int runEnvCommand(const Invocation& invocation) {
    const bool isSession = invocation.connect.target == ClientTarget::Session;
    if (invocation.command == Command::EnvUndo && (!isSession || invocation.isAll))
        return undo(invocation);
    if (invocation.createsCa && invocation.mode != EnvMode::Intercept) {
        printError(QStringLiteral("--create-ca goes with --mode intercept"));
        return kExitWrong;
    }
    if (invocation.command == Command::EnvPrint) {
        const auto environment = environmentFor(invocation, true);
        if (!environment) return kExitWrong;
        printOutput(shellLines(invocation.shell, variablesForProcess(*environment)));
        return kExitDone;
    }
    if (isSession) return runForSession(invocation);
    return runForFiles(invocation.command == Command::EnvStatus ? asApplied(invocation)
                                                                : invocation);
}

int runProgram(const Invocation& invocation) {
    constexpr int kExitNotFound = 127;
    constexpr int kExitCannotRun = 126;
    const auto environment = environmentFor(invocation, true);
    if (!environment) return kExitWrong;
    for (const Variable& variable : variablesForProcess(*environment))
        qputenv(variable.name.toUtf8().constData(), variable.value.toUtf8());
#ifdef Q_OS_UNIX
    std::vector<std::string> program = invocation.program;
    std::vector<char*> arguments;
    for (std::string& word : program)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments.front(), arguments.data());
    const int reason = errno;
    printError(QString::fromLocal8Bit(program.front().c_str()) + QLatin1String(": ") +
               qt_error_string(reason));
    return reason == ENOENT ? kExitNotFound : kExitCannotRun;
#else
    printError(QStringLiteral("run is not there yet on this system"));
    Q_UNUSED(kExitNotFound)
    return kExitCannotRun;
#endif
}

} // namespace sallyport::cli
