// SPDX-License-Identifier: MIT
#include "app/desktop/desktop.h"

#include "core/claudecode/clientenvironment.h"
#include "core/claudecode/listeningfile.h"
#include "core/observe/log.h"

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
/// How long running exchanges may hold up the end; a session that ends waits no longer either.
constexpr auto kLastMoment = 1500ms;

std::pair<QHostAddress, quint16> splitAddress(const QString& address) {
    const qsizetype colon = address.lastIndexOf(u':');
    QString host = address.first(std::max<qsizetype>(0, colon));
    if (host.startsWith(u'[')) host = host.mid(1, host.size() - 2);
    return {QHostAddress(host), address.mid(colon + 1).toUShort()};
}

} // namespace

Desktop::Desktop(EngineInterface& gateway, const StartOptions& options)
    : m_engine(gateway)
    , m_options(options)
    , m_settings(options.stateDir + QLatin1String("/desktop.ini"), QSettings::IniFormat)
    , m_window(gateway, m_clock, m_settings)
    , m_tray(m_menu) {
    bindMenu();
    bindGateway();
    connect(&m_window, &LogWindow::connectWanted, this, &Desktop::openConnect);
    connect(&m_window, &LogWindow::setUpWanted, this, &Desktop::openSetup);
    connect(&m_window, &LogWindow::claudeCodeSeen, this, [this](const LastSeen& lastseen) {
        if (m_connect) m_connect->setSeen(lastseen);
    });
    m_window.setTrayProbe([this] { return m_tray.isShown(); });
    connect(&m_tray, &TrayIcon::logWanted, this, &Desktop::showWindow);
    connect(&m_tray, &TrayIcon::shownChanged, this, &Desktop::traySeen);
    m_lastMoment.setSingleShot(true);
    m_lastMoment.setInterval(kLastMoment);
    connect(&m_lastMoment, &QTimer::timeout, qApp, [] { QApplication::exit(0); });
}

Desktop::~Desktop() {
    removeListeningFile(m_options.stateDir);
    delete m_connect;
    delete m_setup;
    delete m_quitQuestion;
}

void Desktop::bindMenu() {
    connect(&m_menu, &TrayMenu::logWanted, this, &Desktop::showWindow);
    connect(&m_menu, &TrayMenu::listeningWanted, &m_engine, &EngineInterface::setListening);
    connect(&m_menu, &TrayMenu::routeWanted, &m_engine, &EngineInterface::setRouteEnabled);
    connect(&m_menu, &TrayMenu::connectWanted, this, &Desktop::openConnect);
    connect(&m_menu, &TrayMenu::disconnectWanted, this, &Desktop::disconnectClaude);
    connect(&m_menu, &TrayMenu::variablesWanted, this, &Desktop::copyVariables);
    connect(&m_menu, &TrayMenu::setUpWanted, this, &Desktop::openSetup);
    connect(&m_menu, &TrayMenu::quitWanted, this, &Desktop::askAndQuit);
    connect(&m_menu, &QMenu::aboutToShow, this, &Desktop::refreshConnection);
}

void Desktop::bindGateway() {
    connect(&m_engine, &EngineInterface::tokenChanged, this,
            [this](const QString& token) { m_token = token; });
    connect(&m_engine, &EngineInterface::statusChanged, this, &Desktop::takeStatus);
    connect(&m_engine, &EngineInterface::configChanged, this, &Desktop::takeConfig);
    connect(&m_engine, &EngineInterface::configRejected, &m_tray, &TrayIcon::setTrouble);
    connect(&m_engine, &EngineInterface::drained, this, [this] {
        // Not quit(): that asks every window, and one without a tray does not let itself be closed.
        if (m_isQuitting) QApplication::exit(0);
    });
}

void Desktop::start() {
    m_tray.start();
    // Without a tray there is nothing that the window could be opened from.
    if (!m_options.isHidden || !m_tray.isShown()) showWindow();
}

void Desktop::showWindow() {
    m_window.raiseToFront();
    refreshConnection();
}

void Desktop::traySeen(bool isShown) {
    if (!isShown && !m_window.isVisible()) m_window.showMinimized();
}

void Desktop::takeStatus(const EngineStatus& status) {
    m_menu.setStatus(status);
    m_tray.setStatus(status);
    if (status.state == EngineStatus::State::Running && status.address != m_address) {
        m_address = status.address;
        const auto written = writeListeningFile(m_options.stateDir, m_address);
        if (!written) log::write(log::Level::Warn, "listening_file", {{"reason", written.error()}});
        refreshConnection();
    }
    if (status.state == EngineStatus::State::Stopped) {
        removeListeningFile(m_options.stateDir);
        m_address.clear();
    }
    // What went wrong has to be seen, also by who started it hidden.
    if (status.state == EngineStatus::State::Failed && !m_tray.isShown()) showWindow();
}

void Desktop::takeConfig(const ConfigSummary& summary) {
    m_menu.setConfig(summary);
    m_tray.setTrouble({});
    const bool isFirstRun = !m_hasConfig && !summary.hasRoutesFile;
    m_hasConfig = true;
    if (isFirstRun && !m_options.isHidden) openSetup();
}

ClientEnvironment Desktop::facts() const {
    const auto [host, port] = splitAddress(m_address);
    ClientEnvironment facts;
    facts.baseUrl = baseUrlFor(host, port);
    facts.token = m_token;
    return facts;
}

SettingsConnector Desktop::connection() const {
    return SettingsConnector(EnvTarget::Claude, facts(), m_options.stateDir);
}

void Desktop::refreshConnection() {
    const auto status = connection().status();
    const bool isConnected = status && status->isConnected && !m_address.isEmpty();
    m_menu.setClaudeCode(isConnected, status && status->hasJournal);
    m_window.setClaudeCodeConnected(isConnected);
}

void Desktop::openConnect() {
    if (m_address.isEmpty()) {
        tell(tr("Connect Claude Code"),
             tr("The proxy is off. Turn it on first, so that Claude Code finds somebody to talk "
                "to."));
        return;
    }
    delete m_connect;
    m_connect = new ConnectDialog(connection(), facts());
    m_connect->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_connect, &ConnectDialog::connected, this, &Desktop::refreshConnection);
    m_connect->show();
    m_connect->raise();
    m_connect->activateWindow();
}

void Desktop::disconnectClaude() {
    const auto report = connection().undo();
    tell(tr("Disconnect Claude Code"), report ? undoText(*report) : report.error().message);
    refreshConnection();
}

void Desktop::copyVariables(Shell shell) {
    if (m_address.isEmpty()) {
        tell(tr("Copy variables"), tr("The proxy is off. Turn it on first."));
        return;
    }
    QApplication::clipboard()->setText(variableLines(shell, facts()));
}

void Desktop::openSetup() {
    if (!m_setup) {
        m_setup = new SetupDialog(m_engine, m_options.configDir);
        m_setup->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_setup->show();
    m_setup->raise();
    m_setup->activateWindow();
}

void Desktop::tell(const QString& title, const QString& text) {
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

void Desktop::askAndQuit() {
    const auto status = connection().status();
    if (!status || !status->hasJournal || m_isQuitting) {
        quit();
        return;
    }
    if (!m_quitQuestion) {
        m_quitQuestion = new QuitQuestion(m_window.isVisible() ? &m_window : nullptr);
        connect(m_quitQuestion, &QuitQuestion::quitChosen, this, [this](bool restores) {
            if (!restores || restoreClaude()) quit();
        });
    }
    m_quitQuestion->show();
    m_quitQuestion->raise();
    m_quitQuestion->activateWindow();
}

/// False, with a message, when Claude Code's settings could not be taken back.
bool Desktop::restoreClaude() {
    const auto report = connection().undo();
    if (report) return true;
    tell(tr("Disconnect Claude Code"), report.error().message);
    return false;
}

void Desktop::quit() {
    if (m_isQuitting) return;
    m_isQuitting = true;
    m_lastMoment.start();
    m_engine.drain();
}

} // namespace sallyport
