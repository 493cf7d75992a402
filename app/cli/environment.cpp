// SPDX-License-Identifier: MIT
#include "app/cli/environment.h"

#include "app/cli/console.h"
#include "app/cli/report.h"
#include "core/authority/authoritystatus.h"
#include "core/authority/authorityupdate.h"
#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/settingsconnector.h"
#include "core/config/loader.h"

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sallyport::cli {

namespace {

/// The PEM file of the local authority, made first where that is asked for. The error is a
/// sentence.
Result<QString, QString> authorityFor(const Invocation& invocation, const Config& config) {
    const HostList hosts = hostsOf(config.intercept);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (hosts.empty())
        return Failure{QStringLiteral(
            "--mode intercept: `intercept:` in routes.yaml names no host; `sallyport config preset "
            "intranet` adds those of Claude Code")};
    AuthorityStatus status = authorityStatus(invocation.stateDir, hosts, now);
    const bool isMissing = !status.exists;
    if (isMissing && invocation.createsCa) {
        const auto made = updateAuthority(invocation.stateDir, hosts, now, AuthorityWish::Create);
        if (!made) return Failure{made.error()};
        status = authorityStatus(invocation.stateDir, hosts, now);
    } else if (isMissing) {
        return Failure{QStringLiteral(
            "--mode intercept: there is no local authority, whose certificate Claude Code has to "
            "trust; make it with `sallyport ca create`, or add --create-ca")};
    }
    if (status.problem.isEmpty()) return status.bundlePath;
    return Failure{QString(QLatin1String("--mode intercept: ") + status.problem)};
}

/// The address and token for clients; none, with the reason printed, when they cannot be read.
std::optional<ClientEnvironment> environmentFor(const Invocation& invocation, bool makesToken) {
    const auto config = loadConfig(invocation.configDir);
    if (!config) {
        printErrorAsIs(config.error().toString());
        return {};
    }
    ClientEnvironmentRequest request{invocation.stateDir, invocation.listen, makesToken};
    request.mode = invocation.mode.value_or(EnvMode::Gateway);
    if (request.mode == EnvMode::Intercept) {
        const auto caFile = authorityFor(invocation, **config);
        if (!caFile) {
            printError(caFile.error());
            return {};
        }
        request.caFile = *caFile;
    }
    auto environment = clientEnvironment(**config, request);
    if (!environment) {
        printError(environment.error());
        return {};
    }
    return std::move(environment).value();
}

/// A status in the mode that is asked for; without a word in the one that is applied.
Invocation inAppliedMode(const Invocation& invocation) {
    Invocation other = invocation;
    other.mode = EnvMode::Intercept;
    const auto config = loadConfig(invocation.configDir);
    if (invocation.mode || !config || !authorityFor(other, **config)) return invocation;
    const auto environment = environmentFor(other, false);
    if (!environment) return invocation;
    const auto status =
        SettingsConnector(invocation.target, *environment, invocation.stateDir).status();
    return status && status->isConnected ? other : invocation;
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

/// The variables for this process, its own NO_PROXY merged in.
std::vector<Variable> variablesForProcess(const ClientEnvironment& environment) {
    const SettingsPaths paths = SettingsPaths::fromEnvironment(SettingsTarget::Claude);
    std::vector<Variable> variables = variablesFor(environment, paths.noProxy);
    // Programs read one or the other; where both spellings are used, both must exempt us.
    const bool isThere = std::any_of(variables.begin(), variables.end(), [](const Variable& one) {
        return one.name == QLatin1String("no_proxy");
    });
    if (!isThere && qEnvironmentVariableIsSet("no_proxy"))
        variables.push_back({QStringLiteral("no_proxy"), variables.back().value, false});
    return variables;
}

int undo(const Invocation& invocation) {
    // Undo needs only the journal, so it works with a broken configuration.
    ClientEnvironment environment{
        baseUrlFor(QHostAddress(QHostAddress::LocalHost), 8899), {}, {}, EnvMode::Gateway};
    SettingsConnector connector(invocation.target, environment, invocation.stateDir);
    return printOutcome(invocation, connector.undo(), undoText, undoJson);
}

} // namespace

int runEnvCommand(const Invocation& invocation) {
    if (invocation.command == Command::EnvUndo) return undo(invocation);
    const bool isLooking =
        invocation.command == Command::EnvPlan || invocation.command == Command::EnvStatus;
    if (invocation.createsCa && invocation.mode != EnvMode::Intercept) {
        printError(QStringLiteral("--create-ca goes with --mode intercept"));
        return kExitWrong;
    }
    const bool isStatus = invocation.command == Command::EnvStatus;
    const auto environment =
        environmentFor(isStatus ? inAppliedMode(invocation) : invocation, !isLooking);
    if (!environment) return kExitWrong;
    if (invocation.command == Command::EnvPrint) {
        printOutput(shellLines(invocation.shell, variablesForProcess(*environment)));
        return kExitDone;
    }
    SettingsConnector connector(invocation.target, *environment, invocation.stateDir);
    if (invocation.command == Command::EnvPlan)
        return printOutcome(invocation, connector.plan(), planText, planJson);
    if (isStatus) return printOutcome(invocation, connector.status(), statusText, statusJson);
    return printOutcome(invocation, connector.apply(), appliedText, planJson);
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
