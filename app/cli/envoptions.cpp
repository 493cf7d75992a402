// SPDX-License-Identifier: MIT
#include "app/cli/envoptions.h"

#include <QDir>

#include <CLI/CLI.hpp>

#include <map>

namespace sallyport::cli {

namespace {

const std::map<std::string, Shell> kShells{{"bash", Shell::Bash}, {"zsh", Shell::Zsh},
                                           {"fish", Shell::Fish}, {"powershell", Shell::PowerShell},
                                           {"cmd", Shell::Cmd},   {"nu", Shell::Nu}};
constexpr const char* kShellNames = "bash|zsh|fish|powershell|cmd|nu";

std::vector<std::string> targetNames() {
    std::vector<std::string> names;
    for (const ClientTarget target : kClientTargets)
        names.emplace_back(targetName(target).data());
    return names;
}

/// `$SHELL` by the name of its program.
Shell shellOfSession() {
    const QString program = qEnvironmentVariable("SHELL").section(u'/', -1);
    const auto found =
        kShells.find(program == QLatin1String("pwsh") ? "powershell" : program.toStdString());
    return found == kShells.end() ? Shell::Bash : found->second;
}

QString wide(const std::string& text) { return QString::fromStdString(text); }

} // namespace

void EnvOptions::addChoice(CLI::App& app) {
    app.add_option("--mode", m_mode,
                   "gateway: base URL and local token (default)\n"
                   "intercept: the proxy variables and the local authority's certificate")
        ->check(CLI::IsMember({"gateway", "intercept"}).description(""))
        ->type_name("gateway|intercept");
    app.add_flag("--create-ca", m_createsCa,
                 "With --mode intercept: make the local authority where there is none");
    app.add_option("--profile", m_profile,
                   "Upstream that takes the requests, whatever the routes say (/p/NAME)")
        ->type_name("NAME");
    app.add_option("--without", m_without, "Leave a key out, as often as needed")
        ->type_name("KEY")
        ->take_all();
}

void EnvOptions::addTarget(CLI::App& app) {
    app.add_option("--target", m_target,
                   "claude: ~/.claude/settings.json or that of $CLAUDE_CONFIG_DIR (default)\n"
                   "project: .claude/settings.local.json of the working folder\n"
                   "vscode: claudeCode.environmentVariables in the settings of VS Code\n"
                   "shell: new shells (bash, zsh, fish, PowerShell)\n"
                   "graphical: programs from the next login on (environment.d)\n"
                   "session: this terminal; apply and undo print lines to evaluate")
        ->check(CLI::IsMember(targetNames()).description(""))
        ->type_name("TARGET");
    app.add_option("--home", m_home,
                   "Of target claude: the folder that holds settings.json, of another home")
        ->type_name("DIR");
    app.add_option("--shell", m_shell, "Of target session: whose quoting to use [$SHELL]")
        ->check(CLI::IsMember(kShells).description(""))
        ->type_name(kShellNames);
    app.add_flag("--json", m_isJson, "Print JSON");
}

void EnvOptions::addShell(CLI::App& app) {
    app.add_option("--shell", m_shell, "Whose quoting to use")
        ->required()
        ->check(CLI::IsMember(kShells).description(""))
        ->type_name(kShellNames);
}

void EnvOptions::addAll(CLI::App& app) {
    app.add_flag("--all", m_isAll, "Every target, project and home that was connected");
}

Result<Done, std::string> EnvOptions::into(Invocation& invocation) const {
    invocation.isJson = invocation.isJson || m_isJson;
    invocation.createsCa = m_createsCa;
    invocation.isAll = m_isAll;
    invocation.shell = m_shell.empty() ? shellOfSession() : kShells.at(m_shell);
    if (!m_mode.empty())
        invocation.mode = m_mode == "intercept" ? EnvMode::Intercept : EnvMode::Gateway;
    ConnectRequest& request = invocation.connect;
    request.target = targetOfName(QLatin1String(m_target.c_str())).value_or(request.target);
    request.choice.mode = invocation.mode.value_or(EnvMode::Gateway);
    request.choice.profile = wide(m_profile);
    for (const std::string& key : m_without)
        request.choice.without << wide(key).remove(QLatin1String("env."));
    if (m_home.empty()) return Done{};
    if (request.target != ClientTarget::Claude)
        return Failure{std::string("--home goes with --target claude")};
    request.folder = QDir::cleanPath(QDir::current().absoluteFilePath(wide(m_home)));
    return Done{};
}

} // namespace sallyport::cli
