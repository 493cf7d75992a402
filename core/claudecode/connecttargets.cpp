// SPDX-License-Identifier: MIT
#include "core/claudecode/connecttargets.h"

#include "core/claudecode/interceptreadiness.h"
#include "core/claudecode/journaledfile.h"
#include "core/claudecode/settingsconnector.h"
#include "core/claudecode/shellfiles.h"
#include "core/claudecode/vscodefiles.h"
#include "core/claudecode/vscodelist.h"
#include "core/secrets/redact.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("SettingsConnector", source);
}

SettingsPaths claudePaths(const ConnectRequest& request) {
    if (request.folder.isEmpty()) return SettingsPaths::fromEnvironment(request.target);
    return request.target == ClientTarget::Project ? SettingsPaths::ofProject(request.folder)
                                                   : SettingsPaths::ofFolder(request.folder);
}

using Files = std::vector<std::unique_ptr<FileConnector>>;

/// `isUndo`: also the files of shells that are gone.
Files filesOf(const ConnectRequest& request, const ClientEnvironment& environment,
              const QString& stateDir, bool isUndo) {
    const ShellPlaces places = ShellPlaces::fromEnvironment(stateDir);
    const auto variables = variablesFor(environment, qEnvironmentVariable("NO_PROXY"));
    std::vector<SettingsPaths> settings;
    std::vector<TextFile> texts;
    switch (request.target) {
    case ClientTarget::Session: break;
    case ClientTarget::Claude:
    case ClientTarget::Project: settings.push_back(claudePaths(request)); break;
    case ClientTarget::Shell:
        texts = shellFiles(
            isUndo ? std::vector<Shell>{Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell}
                   : shellsInUse(places),
            places, variables);
        break;
    case ClientTarget::Graphical: texts = {sessionFile(places, variables)}; break;
    case ClientTarget::VsCode:
        for (const QString& file : vsCodeFiles(places.configHome, places.home))
            settings.push_back(SettingsPaths::ofFile(file, SettingsPaths::Form::VsCode));
        break;
    }
    Files files;
    for (const SettingsPaths& paths : settings)
        files.push_back(std::make_unique<SettingsConnector>(paths, environment, stateDir));
    for (const TextFile& file : texts)
        files.push_back(std::make_unique<TextConnector>(file, stateDir));
    for (const auto& file : files)
        file->setChoice(request.choice);
    return files;
}

/// What undo and the journal need of an environment: nothing.
ClientEnvironment noEnvironment() { return {QStringLiteral("http://127.0.0.1:8899"), {}, {}}; }

QStringList journals(const QString& stateDir) {
    const QDir folder(stateDir + QLatin1String("/journal"));
    QStringList files;
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files))
        files << folder.filePath(name);
    return files;
}

SettingsPaths pathsOf(const Journal& journal) {
    const bool isVsCode =
        std::any_of(journal.steps.begin(), journal.steps.end(),
                    [](const EditStep& step) { return step.name == vscode::kVariablesSetting; });
    return SettingsPaths::ofFile(journal.file, isVsCode ? SettingsPaths::Form::VsCode
                                                        : SettingsPaths::Form::ClaudeCode);
}

std::unique_ptr<FileConnector> connectorOf(const Journal& journal, const QString& stateDir) {
    if (journal.text)
        return std::make_unique<TextConnector>(TextFile{journal.file, {{}, journal.text->isWhole}},
                                               stateDir);
    return std::make_unique<SettingsConnector>(pathsOf(journal), noEnvironment(), stateDir);
}

/// The proxy of this process, where it is not Sallyport itself, without its password.
QString hiddenProxy(const ClientEnvironment& environment) {
    if (environment.mode != EnvMode::Intercept) return {};
    const QString proxy = SettingsPaths::fromEnvironment(ClientTarget::Claude).proxy;
    if (proxy == environment.baseUrl) return {};
    return QString::fromUtf8(redactedTarget(proxy.toUtf8()));
}

} // namespace

ConnectTargets::ConnectTargets(Config config, QString stateDir,
                               std::optional<std::pair<QHostAddress, quint16>> listen)
    : m_config(std::move(config))
    , m_stateDir(std::move(stateDir))
    , m_listen(std::move(listen)) {}

QStringList ConnectTargets::profiles() const {
    QStringList names;
    for (const UpstreamConfig& upstream : m_config.upstreams)
        names << upstream.name;
    return names;
}

Result<ClientEnvironment, QString> ConnectTargets::environment(const ConnectChoice& choice,
                                                               bool makesToken) const {
    ClientEnvironmentRequest request{m_stateDir, m_listen, makesToken};
    request.mode = choice.mode;
    request.caFile = interceptReadiness(m_config, m_stateDir).caFile;
    auto environment = clientEnvironment(m_config, request);
    if (!environment) return environment;
    environment->without = choice.without;
    if (choice.profile.isEmpty()) return environment;
    if (choice.mode == EnvMode::Intercept)
        return Failure{text(QT_TRANSLATE_NOOP(
            "SettingsConnector", "a profile goes with the gateway: in interception the routes say "
                                 "which upstream is asked"))};
    if (!profiles().contains(choice.profile))
        return Failure{text(QT_TRANSLATE_NOOP("SettingsConnector",
                                              "routes.yaml has no upstream %1; there are: %2"))
                           .arg(choice.profile, profiles().join(QLatin1String(", ")))};
    environment->baseUrl +=
        QLatin1String("/p/") + QString::fromLatin1(QUrl::toPercentEncoding(choice.profile));
    return environment;
}

QStringList ConnectTargets::keyNames(const ConnectRequest& request) const {
    ConnectChoice all = request.choice;
    all.without.clear();
    const auto environment = this->environment(all, false);
    QStringList names;
    if (!environment) return names;
    for (const Variable& variable : variablesFor(*environment, {}))
        names << variable.name;
    const bool isSettings =
        request.target == ClientTarget::Claude || request.target == ClientTarget::Project;
    if (isSettings) names << QStringLiteral("skipWebFetchPreflight");
    return names;
}

Result<TargetConnector, QString> ConnectTargets::connector(const ConnectRequest& request,
                                                           bool makesToken) const {
    const auto environment = this->environment(request.choice, makesToken);
    if (!environment) return Failure{environment.error()};
    return TargetConnector(filesOf(request, *environment, m_stateDir, false),
                           hiddenProxy(*environment));
}

std::optional<ConnectChoice> ConnectTargets::appliedChoice(const ConnectRequest& request,
                                                           const QString& stateDir) {
    return TargetConnector(filesOf(request, noEnvironment(), stateDir, true)).appliedChoice();
}

Result<UndoReport, ConnectError> ConnectTargets::undo(const ConnectRequest& request,
                                                      const QString& stateDir) {
    return TargetConnector(filesOf(request, noEnvironment(), stateDir, true)).undo();
}

bool ConnectTargets::isAnythingConnected(const QString& stateDir) {
    return !journals(stateDir).isEmpty();
}

Result<std::vector<UndoReport>, ConnectError> ConnectTargets::undoAll(const QString& stateDir) {
    std::vector<UndoReport> reports;
    std::optional<ConnectError> fault;
    for (const QString& path : journals(stateDir)) {
        const auto journal = readJournal(path);
        if (!journal) {
            fault = ConnectError{journal.error(), {}, 0};
            continue;
        }
        auto report = connectorOf(**journal, stateDir)->undo();
        if (report)
            reports.push_back(std::move(report).value());
        else
            fault = report.error();
    }
    if (fault) return Failure{*fault};
    return reports;
}

Result<Done, ConnectError> ConnectTargets::renew() const {
    std::optional<ConnectError> fault;
    const auto note = [&fault](const Result<ConnectPlan, ConnectError>& done) {
        if (!done) fault = done.error();
    };
    for (const ClientTarget target : {ClientTarget::Shell, ClientTarget::Graphical}) {
        const auto choice = appliedChoice({target}, m_stateDir);
        if (!choice) continue;
        auto again = connector({target, {}, *choice}, true);
        if (!again) return Failure{ConnectError{again.error(), {}, 0}};
        note(again->apply());
    }
    for (const QString& path : journals(m_stateDir)) {
        const auto journal = readJournal(path);
        if (!journal || (*journal)->text || !(*journal)->choice) continue;
        const auto environment = this->environment(*(*journal)->choice, true);
        if (!environment) return Failure{ConnectError{environment.error(), {}, 0}};
        SettingsConnector connector(pathsOf(**journal), *environment, m_stateDir);
        connector.setChoice(*(*journal)->choice);
        note(connector.apply());
    }
    if (fault) return Failure{*fault};
    return Done{};
}

} // namespace sallyport
