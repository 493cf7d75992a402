// SPDX-License-Identifier: MIT
#include "app/desktop/desktop.h"

#include "app/desktop/terminal.h"
#include "core/claudecode/listeningfile.h"
#include "core/claudecode/sessionvariables.h"
#include "core/claudecode/settingspaths.h"
#include "core/config/loader.h"
#include "core/history/historyfile.h"
#include "core/observe/log.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QMessageBox>

#include <utility>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
/// How long a tray may be gone before the window, minimised, takes its place.
constexpr auto kNoTrayTime = 10s;

// Names in OpenScreens.
const QString kConnect = QStringLiteral("connect");
const QString kSetUp = QStringLiteral("setUp");
const QString kDoctor = QStringLiteral("doctor");
const QString kStatistics = QStringLiteral("statistics");

bool isOpen(const QWidget* window) { return window && window->isVisible(); }

std::pair<QHostAddress, quint16> splitAddress(const QString& address) {
    const qsizetype colon = address.lastIndexOf(u':');
    QString host = address.first(std::max<qsizetype>(0, colon));
    if (host.startsWith(u'[')) host = host.mid(1, host.size() - 2);
    return {QHostAddress(host), address.mid(colon + 1).toUShort()};
}

} // namespace

Desktop::Desktop(EngineInterface& engine, const StartOptions& options)
    : m_engine(engine)
    , m_options(options)
    , m_settings(Preferences::fileIn(options.stateDir), QSettings::IniFormat)
    , m_preferences(m_settings)
    , m_notifier(m_clock, m_preferences)
    , m_history(historyPath(options.stateDir))
    , m_prices(m_options.configDir)
    , m_statistics(historyPath(m_options.stateDir), m_clock, m_prices)
    , m_window(engine, m_clock, m_settings, m_windowMenu)
    , m_bundle(m_window, m_history, m_doctorOptions)
    , m_tray(m_menu)
    , m_quitting(engine, m_preferences, options.stateDir)
    , m_settingsScreens(engine, m_preferences, options.configDir) {
    connect(&m_settingsScreens, &SettingsScreens::setUpRequested, this, &Desktop::openSetupDialog);
    connectMenu(m_menu);
    connectMenu(m_windowMenu);
    connectEngine();
    connectWindow();
    connect(&m_settingsWatcher, &QFileSystemWatcher::directoryChanged, this,
            &Desktop::updateClaudeCode);
    connect(&m_settingsWatcher, &QFileSystemWatcher::fileChanged, this, &Desktop::updateClaudeCode);
    connect(&m_notifier, &Notifier::openRequested, this, &Desktop::showWindow);
    connect(&m_tray, &TrayIcon::logRequested, this, &Desktop::showWindow);
    connect(&m_tray, &TrayIcon::shownChanged, this, &Desktop::handleTrayShown);
    m_noTrayTimer.setSingleShot(true);
    m_noTrayTimer.setInterval(kNoTrayTime);
    connect(&m_noTrayTimer, &QTimer::timeout, this, &Desktop::showWithoutTray);
    connect(&m_settingsScreens, &SettingsScreens::languageChosen, this, &Desktop::languageChosen);
    connect(&m_quitting, &Quitting::restoreFailed, this,
            [this](const QString& reason) { showMessage(tr("Disconnect Claude Code"), reason); });
}

Desktop::~Desktop() {
    removeListeningFile(m_options.stateDir);
    delete m_connectDialog;
    delete m_setupDialog;
    delete m_doctorWindow;
}

void Desktop::connectMenu(TrayMenu& menu) {
    connect(&menu, &TrayMenu::logRequested, this, &Desktop::showWindow);
    connect(&menu, &TrayMenu::listeningRequested, &m_engine, &EngineInterface::setListening);
    connect(&menu, &TrayMenu::freePortRequested, &m_engine, &EngineInterface::listenOnFreePort);
    connect(&menu, &TrayMenu::routeRequested, &m_engine, &EngineInterface::setRouteEnabled);
    connect(&menu, &TrayMenu::upstreamRequested, &m_engine, &EngineInterface::setUpstream);
    connect(&menu, &TrayMenu::errorRequested, &m_window, &LogWindow::showExchange);
    connect(&menu, &TrayMenu::connectRequested, this, &Desktop::openConnectDialog);
    connect(&menu, &TrayMenu::disconnectRequested, this, &Desktop::disconnectClaudeCode);
    connect(&menu, &TrayMenu::terminalRequested, this, &Desktop::openTerminal);
    connect(&menu, &TrayMenu::variablesRequested, this, &Desktop::copyVariables);
    connect(&menu, &TrayMenu::setUpRequested, this, &Desktop::openSetupDialog);
    connect(&menu, &TrayMenu::doctorRequested, this, &Desktop::openDoctorWindow);
    connect(&menu, &TrayMenu::settingsRequested, &m_settingsScreens,
            &SettingsScreens::openPreferences);
    connect(&menu, &TrayMenu::routesEditRequested, &m_settingsScreens,
            &SettingsScreens::openRouteEditor);
    connect(&menu, &TrayMenu::quitRequested, this, &Desktop::askAndQuit);
    connect(&menu, &QMenu::aboutToShow, this, &Desktop::updateClaudeCode);
}

void Desktop::connectWindow() {
    m_window.setHistory(m_history);
    updatePrices();
    m_window.addViewAction(m_statistics.action());
    connect(&m_window, &LogWindow::connectRequested, this, &Desktop::openConnectDialog);
    connect(&m_window, &LogWindow::setUpRequested, this, &Desktop::openSetupDialog);
    connect(&m_window, &LogWindow::updateClaudeCodeRequested, this,
            &Desktop::updateClaudeCodeSettings);
    connect(&m_window, &LogWindow::restoreClaudeCodeRequested, this,
            &Desktop::disconnectClaudeCode);
    connect(&m_window, &LogWindow::claudeCodeSeen, this, [this](const LastSeen& lastSeen) {
        if (m_connectDialog) m_connectDialog->setLastSeen(lastSeen);
    });
    m_window.setTrayProbe([this] { return m_tray.isShown(); });
}

void Desktop::connectEngine() {
    connect(&m_engine, &EngineInterface::statusChanged, this, &Desktop::updateStatus);
    connect(&m_engine, &EngineInterface::configChanged, this, &Desktop::updateConfig);
    connect(&m_engine, &EngineInterface::exchangesChanged, this, &Desktop::addRecords);
    connect(&m_engine, &EngineInterface::configRejected, &m_tray, &TrayIcon::setTrouble);
}

void Desktop::start() {
    m_tray.start();
    if (!m_options.isHidden) showWindow();
    // At login the panel may come later than this.
    else if (!m_tray.isShown())
        m_noTrayTimer.start();
}

void Desktop::showWindow() {
    if (m_prices.refresh()) updatePrices();
    m_window.raiseToFront();
    updateClaudeCode();
}

void Desktop::updatePrices() {
    m_window.setPrices(m_prices.table());
    if (!m_prices.problem().isEmpty()) m_window.showMessage(m_prices.problem());
}

void Desktop::handleTrayShown(bool isShown) {
    m_hadTray = m_hadTray || isShown;
    if (isShown)
        m_noTrayTimer.stop();
    else
        m_noTrayTimer.start();
}

/// Without a tray there is nothing that the window could be opened from. Where there was one, the
/// window does not come up over what the user is doing.
void Desktop::showWithoutTray() {
    if (m_window.isVisible()) return;
    if (m_hadTray)
        m_window.showMinimized();
    else
        showWindow();
}

void Desktop::addRecords(const QVector<ExchangeRecord>& records) {
    for (const ExchangeRecord& record : records)
        m_notifier.show(notificationFor(record));
    if (m_errors.add(records)) updateErrors();
}

void Desktop::updateErrors() {
    m_menu.setErrors(m_errors.list());
    m_windowMenu.setErrors(m_errors.list());
}

void Desktop::updateStatus(const EngineStatus& status) {
    const EngineStatus before = std::exchange(m_status, status);
    m_notifier.show(notificationFor(before, status));
    m_menu.setStatus(status);
    m_windowMenu.setStatus(status);
    m_tray.setStatus(status);
    if (status.state == EngineStatus::State::Running && status.address != m_address) {
        m_address = status.address;
        m_settingsScreens.setPort(splitAddress(m_address).second);
        const auto written = writeListeningFile(m_options.stateDir, m_address);
        if (!written) log::write(log::Level::Warn, "listening_file", {{"reason", written.error()}});
        updateClaudeCode();
        if (followsFreePort(before, status, m_claude)) updateClaudeCodeSettings();
    }
    const bool isGone =
        status.state == EngineStatus::State::Stopped || status.state == EngineStatus::State::Failed;
    if (isGone && !m_address.isEmpty()) {
        removeListeningFile(m_options.stateDir);
        m_address.clear();
        updateClaudeCode();
    }
    // Without a tray a failed start would show nothing with --hidden.
    if (status.state == EngineStatus::State::Failed && !m_tray.isShown()) showWindow();
}

void Desktop::updateConfig(const ConfigSummary& summary) {
    m_menu.setConfig(summary);
    m_windowMenu.setConfig(summary);
    m_tray.setTrouble({});
    const bool isFirstRun = !m_hasConfig && !summary.hasRoutesFile;
    m_hasConfig = true;
    if (isFirstRun && !m_options.isHidden) openSetupDialog();
}

/// With a configuration that is broken at the moment the address and token stay what they are.
ConnectTargets Desktop::connections() const {
    const auto config = loadConfig(m_options.configDir);
    const auto listen = m_address.isEmpty() ? std::nullopt : std::optional(splitAddress(m_address));
    return ConnectTargets(config ? **config : Config(), m_options.stateDir, listen);
}

/// As Claude Code is connected, else as it would be.
Result<ClientEnvironment, QString> Desktop::environment() const {
    return connections().environment(
        ConnectTargets::appliedChoice({}, m_options.stateDir).value_or(ConnectChoice()), true);
}

void Desktop::updateClaudeCode() {
    const auto choice = ConnectTargets::appliedChoice({}, m_options.stateDir);
    const auto connection = connections().connector(
        {ClientTarget::Claude, {}, choice.value_or(ConnectChoice())}, false);
    ClaudeCodeState state;
    const auto [host, port] = splitAddress(m_address);
    const QString ownUrl = m_address.isEmpty() ? QString() : baseUrlFor(host, port);
    state.canUndo = choice.has_value();
    if (connection)
        if (const auto status = connection->status()) state = claudeCodeState(*status, ownUrl);
    m_menu.setClaudeCode(state.isConnected, state.canUndo);
    m_windowMenu.setClaudeCode(state.isConnected, state.canUndo);
    m_window.setClaudeCode(state);
    m_notifier.show(notificationFor(m_claude, state, std::exchange(m_isOwnChange, false)));
    m_claude = state;
    watchSettings();
}

/// The folder as well as the file: most programs replace the file. Before the folder is made, the
/// nearest one that is there.
void Desktop::watchSettings() {
    const QFileInfo file(SettingsPaths::fromEnvironment(ClientTarget::Claude).settingsFile);
    QString folder = file.absolutePath();
    while (!QFileInfo::exists(folder))
        folder = QFileInfo(folder).absolutePath();
    QStringList wanted{folder};
    if (file.exists()) wanted << file.absoluteFilePath();
    const QStringList watched = m_settingsWatcher.directories() + m_settingsWatcher.files();
    for (const QString& path : watched)
        if (!wanted.contains(path)) m_settingsWatcher.removePath(path);
    for (const QString& path : std::as_const(wanted))
        if (!watched.contains(path)) m_settingsWatcher.addPath(path);
}

void Desktop::updateClaudeCodeSettings() {
    m_isOwnChange = true;
    const auto done = connections().renew();
    if (!done) showMessage(tr("Connect Claude Code"), done.error().message);
    updateClaudeCode();
}

void Desktop::openTerminal() {
    if (m_address.isEmpty()) {
        showMessage(tr("Open terminal"), tr("The proxy is off. Turn it on first."));
        return;
    }
    if (const auto variables = environment()) {
        const auto started = startTerminal(variablesForProcess(*variables));
        if (!started) showMessage(tr("Open terminal"), started.error());
    }
}

void Desktop::openConnectDialog() {
    if (m_address.isEmpty()) {
        showMessage(
            tr("Connect Claude Code"),
            tr("The proxy is off. Turn it on first, so that Claude Code finds somebody to talk "
               "to."));
        return;
    }
    delete m_connectDialog;
    m_connectDialog = new ConnectDialog(connections(), m_options.stateDir);
    m_connectDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_connectDialog, &ConnectDialog::connected, this, [this] {
        m_isOwnChange = true;
        updateClaudeCode();
    });
    m_connectDialog->show();
    m_connectDialog->raise();
    m_connectDialog->activateWindow();
}

void Desktop::disconnectClaudeCode() {
    m_isOwnChange = true;
    const auto report = ConnectTargets::undo({}, m_options.stateDir);
    showMessage(tr("Disconnect Claude Code"), report ? undoText(*report) : report.error().message);
    updateClaudeCode();
}

void Desktop::copyVariables(Shell shell) {
    if (m_address.isEmpty()) {
        showMessage(tr("Copy variables"), tr("The proxy is off. Turn it on first."));
        return;
    }
    if (const auto variables = environment())
        QApplication::clipboard()->setText(variableLines(shell, *variables));
}

void Desktop::openSetupDialog() {
    if (!m_setupDialog) {
        m_setupDialog = new SetupDialog(m_engine, m_options.configDir);
        m_setupDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_setupDialog, &SetupDialog::connectRequested, this, &Desktop::openConnectDialog);
    }
    m_setupDialog->show();
    m_setupDialog->raise();
    m_setupDialog->activateWindow();
}

void Desktop::openDoctorWindow() {
    if (!m_doctor) m_doctor = std::make_unique<DoctorThread>(m_doctorOptions);
    if (!m_doctorWindow) {
        m_doctorWindow = new DoctorWindow(*m_doctor);
        m_doctorWindow->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_doctorWindow, &DoctorWindow::settingsChanged, this, &Desktop::updateClaudeCode);
    }
    m_doctorWindow->show();
    m_doctorWindow->raise();
    m_doctorWindow->activateWindow();
}

void Desktop::showMessage(const QString& title, const QString& text) {
    auto* box = new QMessageBox(QMessageBox::Information, title, text, QMessageBox::NoButton,
                                m_window.isVisible() ? &m_window : nullptr);
    // A text of our own: Qt's may not be installed in the language of the session.
    box->addButton(tr("Close"), QMessageBox::AcceptRole);
    box->setObjectName(QStringLiteral("reportBox"));
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void Desktop::askAndQuit() { m_quitting.ask(m_window.isVisible() ? &m_window : nullptr); }

void Desktop::endSession() {
    m_settings.sync();
    m_quitting.endSession();
}

OpenScreens Desktop::openScreens() const {
    OpenScreens open{m_window.isVisible(), m_settingsScreens.openNames(), m_window.records(),
                     m_window.shownExchange()};
    if (isOpen(m_connectDialog)) open.dialogs.prepend(kConnect);
    if (isOpen(m_setupDialog)) open.dialogs.prepend(kSetUp);
    if (isOpen(m_doctorWindow)) open.dialogs.prepend(kDoctor);
    if (m_statistics.isOpen()) open.dialogs.prepend(kStatistics);
    for (const QWidget* window : QApplication::topLevelWidgets())
        if (isOpen(window) && !window->objectName().isEmpty())
            open.forms[window->objectName()] =
                FormContents::of(*window, window == &m_window ? FormContents::Inputs::Lines
                                                              : FormContents::Inputs::All);
    return open;
}

void Desktop::restore(const OpenScreens& open) {
    m_window.addRecords(open.records);
    if (m_errors.add(open.records)) updateErrors();
    if (open.hasLog) showWindow();
    if (open.exchange != 0) m_window.showExchange(open.exchange);
    if (open.dialogs.contains(kStatistics)) m_statistics.action().trigger();
    if (open.dialogs.contains(kDoctor)) openDoctorWindow();
    if (open.dialogs.contains(kSetUp)) openSetupDialog();
    if (open.dialogs.contains(kConnect)) openConnectDialog();
    m_settingsScreens.open(open.dialogs);
    for (QWidget* window : QApplication::topLevelWidgets())
        if (isOpen(window)) open.forms.value(window->objectName()).showIn(*window);
}

} // namespace sallyport
