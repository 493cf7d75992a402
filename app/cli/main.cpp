// SPDX-License-Identifier: MIT
#include "app/cli/cacommand.h"
#include "app/cli/commandline.h"
#include "app/cli/console.h"
#include "app/cli/credentialcommand.h"
#include "app/cli/desktopstart.h"
#include "app/cli/doctor.h"
#include "app/cli/environment.h"
#include "app/cli/importcommand.h"
#include "app/cli/logcommand.h"
#include "app/cli/preset.h"
#include "app/cli/serve.h"
#include "core/config/loader.h"
#include "core/support/homevariable.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace sallyport;

int checkConfig(const cli::Invocation& invocation) {
    const auto config = loadConfig(invocation.configDir);
    if (config) {
        cli::printOutput(QString(invocation.configDir + QLatin1String(": in order\n")));
        return cli::kExitDone;
    }
    cli::printErrorAsIs(config.error().toString());
    return cli::kExitWrong;
}

int perform(const cli::Invocation& invocation) {
    switch (invocation.command) {
    case cli::Command::Desktop: return cli::startDesktop(invocation);
    case cli::Command::Serve: return cli::serve(invocation);
    case cli::Command::ConfigCheck: return checkConfig(invocation);
    case cli::Command::ConfigPresetIntranet: return cli::addIntranetPreset(invocation);
    case cli::Command::ConfigImport: return cli::importConfig(invocation);
    case cli::Command::ConfigExport: return cli::exportConfig(invocation);
    case cli::Command::EnvPrint:
    case cli::Command::EnvPlan:
    case cli::Command::EnvApply:
    case cli::Command::EnvStatus:
    case cli::Command::EnvUndo: return cli::runEnvCommand(invocation);
    case cli::Command::CredentialSet:
    case cli::Command::CredentialRemove: return cli::runCredentialCommand(invocation);
    case cli::Command::Run: return cli::runProgram(invocation);
    case cli::Command::CaCreate:
    case cli::Command::CaPath:
    case cli::Command::CaStatus:
    case cli::Command::CaRemove: return cli::runCaCommand(invocation);
    case cli::Command::Doctor: return cli::runDoctor(invocation);
    case cli::Command::Log: return cli::runLogCommand(invocation);
    }
    Q_UNREACHABLE();
}

} // namespace

int main(int argc, char** argv) {
    setHomeVariable();
    auto invocation = cli::parseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
    if (!invocation) {
        const cli::EarlyExit& early = invocation.error();
        std::fputs(early.text.c_str(), early.exitCode == 0 ? stdout : stderr);
        return early.exitCode;
    }
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sallyport"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SALLYPORT_VERSION));
    return perform(*invocation);
}
