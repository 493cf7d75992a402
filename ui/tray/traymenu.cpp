// SPDX-License-Identifier: MIT
#include "ui/tray/traymenu.h"

#include <utility>

namespace sallyport {

QString statusText(const EngineStatus& status) {
    switch (status.state) {
    case EngineStatus::State::Running:
        if (status.active > 0)
            return TrayMenu::tr("Running on %1 · %n active", nullptr, status.active)
                .arg(status.address);
        return TrayMenu::tr("Running on %1").arg(status.address);
    case EngineStatus::State::Draining:
        return TrayMenu::tr("Finishing · %n active", nullptr, status.active);
    case EngineStatus::State::Failed: return TrayMenu::tr("Trouble: not listening");
    case EngineStatus::State::Stopped: break;
    }
    return TrayMenu::tr("Off");
}

QString escapedLabel(QString text, MenuLabels labels) {
    if (labels == MenuLabels::Widget) return text.replace(u'&', QLatin1String("&&"));
    text.replace(u'_', QLatin1String("__"));
    if (const qsizetype first = text.indexOf(u'&'); first >= 0) text.insert(first, u'&');
    return text;
}

TrayMenu::TrayMenu(QWidget* parent)
    : QMenu(parent) {
    setObjectName(QStringLiteral("trayMenu"));
    m_status = add(*this, {}, "trayStatus");
    m_status->setEnabled(false);
    addSeparator();
    connect(add(*this, tr("Open request log"), "trayOpenLog"), &QAction::triggered, this,
            &TrayMenu::logRequested);
    m_proxy = add(*this, tr("Proxy on"), "trayProxyOn");
    m_proxy->setCheckable(true);
    connect(m_proxy, &QAction::triggered, this, &TrayMenu::listeningRequested);
    addSeparator();
    m_routes = addMenu(tr("Routes"));
    m_routes->setObjectName(QStringLiteral("trayRoutes"));
    m_routes->menuAction()->setObjectName(QStringLiteral("trayRoutesEntry"));
    addClaudeCodeMenu();
    addSeparator();
    connect(add(*this, tr("Set up gateway…"), "traySetUp"), &QAction::triggered, this,
            &TrayMenu::setUpRequested);
    addSeparator();
    connect(add(*this, tr("Quit"), "trayQuit"), &QAction::triggered, this,
            &TrayMenu::quitRequested);
    setStatus({});
    setConfig({});
    setClaudeCode(false, false);
}

QAction* TrayMenu::add(QMenu& menu, const QString& text, const char* name) {
    QAction* action = menu.addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    return action;
}

void TrayMenu::addClaudeCodeMenu() {
    m_claude = addMenu(tr("Claude Code"));
    m_claude->setObjectName(QStringLiteral("trayClaudeCode"));
    m_claude->menuAction()->setObjectName(QStringLiteral("trayClaudeCodeEntry"));
    m_connect = add(*m_claude, tr("Connect…"), "trayConnect");
    m_disconnect = add(*m_claude, tr("Disconnect"), "trayDisconnect");
    connect(m_connect, &QAction::triggered, this, &TrayMenu::connectRequested);
    connect(m_disconnect, &QAction::triggered, this, &TrayMenu::disconnectRequested);
    QMenu* copy = m_claude->addMenu(tr("Copy variables"));
    copy->setObjectName(QStringLiteral("trayCopyVariables"));
    const std::pair<Shell, const char*> shells[]{
        {Shell::Bash, "bash"}, {Shell::Zsh, "zsh"},
        {Shell::Fish, "fish"}, {Shell::PowerShell, "PowerShell"},
        {Shell::Cmd, "cmd"},   {Shell::Nu, "nushell"}};
    for (const auto& [shell, name] : shells) {
        QAction* action = copy->addAction(QString::fromLatin1(name));
        action->setObjectName(QLatin1String("trayCopy_") + QString::fromLatin1(name));
        connect(action, &QAction::triggered, this,
                [this, wanted = shell] { emit variablesRequested(wanted); });
    }
}

void TrayMenu::setStatus(const EngineStatus& status) {
    m_status->setText(statusText(status));
    m_proxy->setChecked(status.state == EngineStatus::State::Running);
    m_proxy->setEnabled(status.state != EngineStatus::State::Draining);
}

QAction* TrayMenu::routeAction(int place) {
    const auto actions = m_routes->actions();
    if (place < actions.size()) return actions[place];
    QAction* action = m_routes->addAction(QString());
    action->setCheckable(true);
    connect(action, &QAction::triggered, this,
            [this, action](bool on) { emit routeRequested(action->data().toString(), on); });
    return action;
}

void TrayMenu::setConfig(const ConfigSummary& summary) {
    m_config = summary;
    updateRoutes();
}

void TrayMenu::setLabels(MenuLabels labels) {
    if (labels == m_labels) return;
    m_labels = labels;
    updateRoutes();
}

void TrayMenu::updateRoutes() {
    // Entries are reused: some panels lose a menu whose entries are removed and added.
    const int count = static_cast<int>(m_config.routes.size());
    for (int i = 0; i < count; ++i) {
        const RouteSwitch& route = m_config.routes[i];
        QAction* action = routeAction(i);
        action->setObjectName(QLatin1String("trayRoute_") + route.name);
        action->setData(route.name);
        const QString text = route.summary.isEmpty()
                                 ? route.name
                                 : QString(route.name + QStringLiteral("  ·  ") + route.summary);
        action->setText(escapedLabel(text, m_labels));
        action->setChecked(route.isEnabled);
        // Without a file there is no line to change.
        action->setEnabled(m_config.hasRoutesFile);
        action->setVisible(true);
    }
    const auto actions = m_routes->actions();
    for (int i = count; i < actions.size(); ++i)
        actions[i]->setVisible(false);
    m_routes->setEnabled(count > 0);
}

void TrayMenu::setClaudeCode(bool isConnected, bool canUndo) {
    m_claude->setTitle(isConnected ? tr("Claude Code · connected") : tr("Claude Code"));
    m_disconnect->setEnabled(canUndo);
}

} // namespace sallyport
