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
    case EngineStatus::State::Failed:
        if (status.isPortTaken) return TrayMenu::tr("Trouble: %1").arg(status.problem);
        return TrayMenu::tr("Trouble: not listening");
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

QString tipText(const EngineStatus& status, const QString& trouble) {
    constexpr qsizetype kShownTargets = 3;
    QStringList lines{QStringLiteral("Sallyport"), statusText(status)};
    if (!status.problem.isEmpty() && !status.isPortTaken) lines << status.problem;
    if (!trouble.isEmpty()) lines << trouble;
    lines << status.upstreamProblems.first(std::min(kShownTargets, status.upstreamProblems.size()));
    return lines.join(u'\n');
}

TrayMenu::TrayMenu(QWidget* parent)
    : QMenu(parent) {
    setObjectName(QStringLiteral("trayMenu"));
    m_status = add(*this, {}, "trayStatus");
    // Enabled: the text of what is disabled is too pale to be read in many styles.
    connect(m_status, &QAction::triggered, this, &TrayMenu::logRequested);
    m_warning = add(*this, tr("⚠ A server's certificate is not verified"), "trayWarning");
    connect(m_warning, &QAction::triggered, this, &TrayMenu::doctorRequested);
    addSeparator();
    connect(add(*this, tr("Open request log"), "trayOpenLog"), &QAction::triggered, this,
            &TrayMenu::logRequested);
    m_proxy = add(*this, tr("Proxy on"), "trayProxyOn");
    m_proxy->setCheckable(true);
    connect(m_proxy, &QAction::triggered, this, &TrayMenu::listeningRequested);
    m_freePort = add(*this, tr("Use a free port"), "trayFreePort");
    connect(m_freePort, &QAction::triggered, this, &TrayMenu::freePortRequested);
    addSeparator();
    m_routes = addChoices(tr("Routes"), "trayRoutes");
    m_upstreams = addChoices(tr("Upstream"), "trayUpstream");
    addClaudeCodeMenu();
    m_errors = addChoices(tr("Last errors"), "trayErrors");
    addSeparator();
    connect(add(*this, tr("Set up gateway…"), "traySetUp"), &QAction::triggered, this,
            &TrayMenu::setUpRequested);
    connect(add(*this, tr("Doctor…"), "trayDoctor"), &QAction::triggered, this,
            &TrayMenu::doctorRequested);
    connect(add(*this, tr("Edit routes…"), "trayEditRoutes"), &QAction::triggered, this,
            &TrayMenu::routesEditRequested);
    connect(add(*this, tr("Settings…"), "traySettings"), &QAction::triggered, this,
            &TrayMenu::settingsRequested);
    addSeparator();
    connect(add(*this, tr("Quit"), "trayQuit"), &QAction::triggered, this,
            &TrayMenu::quitRequested);
    connectChoices();
    setStatus({});
    setConfig({});
    setErrors({});
    setClaudeCode(false, false);
}

QAction* TrayMenu::add(QMenu& menu, const QString& text, const char* name) {
    QAction* action = menu.addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    return action;
}

void TrayMenu::connectChoices() {
    connect(m_routes, &QMenu::triggered, this, [this](const QAction* action) {
        emit routeRequested(action->data().toString(), action->isChecked());
    });
    connect(m_upstreams, &QMenu::triggered, this, [this](const QAction* action) {
        emit upstreamRequested(action->data().toString());
        // The file decides: it is marked once the file says so.
        updateUpstreams();
    });
    connect(m_errors, &QMenu::triggered, this,
            [this](const QAction* action) { emit errorRequested(action->data().toULongLong()); });
}

QMenu* TrayMenu::addChoices(const QString& title, const char* name) {
    QMenu* menu = addMenu(title);
    menu->setObjectName(QString::fromLatin1(name));
    menu->menuAction()->setObjectName(menu->objectName() + QLatin1String("Entry"));
    return menu;
}

void TrayMenu::addClaudeCodeMenu() {
    m_claude = addChoices(tr("Claude Code"), "trayClaudeCode");
    m_connect = add(*m_claude, tr("Connect…"), "trayConnect");
    m_disconnect = add(*m_claude, tr("Disconnect"), "trayDisconnect");
    connect(m_connect, &QAction::triggered, this, &TrayMenu::connectRequested);
    connect(m_disconnect, &QAction::triggered, this, &TrayMenu::disconnectRequested);
    connect(add(*m_claude, tr("Open terminal"), "trayTerminal"), &QAction::triggered, this,
            &TrayMenu::terminalRequested);
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
    m_statusText = statusText(status);
    m_status->setText(escapedLabel(m_statusText, m_labels));
    m_freePort->setVisible(status.isPortTaken);
    m_proxy->setChecked(status.state == EngineStatus::State::Running);
    m_proxy->setEnabled(status.state != EngineStatus::State::Draining);
}

QAction* TrayMenu::choiceAt(QMenu& menu, int place) {
    // Entries are reused: some panels lose a menu whose entries are removed and added.
    const auto actions = menu.actions();
    return place < actions.size() ? actions[place] : menu.addAction(QString());
}

void TrayMenu::hideChoices(QMenu& menu, qsizetype from) {
    const auto actions = menu.actions();
    for (qsizetype i = from; i < actions.size(); ++i)
        actions[i]->setVisible(false);
    menu.setEnabled(from > 0);
}

void TrayMenu::setConfig(const ConfigSummary& summary) {
    m_config = summary;
    m_warning->setVisible(!summary.warnings.isEmpty());
    updateRoutes();
    updateUpstreams();
}

void TrayMenu::setErrors(const QVector<RecentError>& errors) {
    m_recent = errors;
    updateErrors();
}

void TrayMenu::setLabels(MenuLabels labels) {
    if (labels == m_labels) return;
    m_labels = labels;
    m_status->setText(escapedLabel(m_statusText, m_labels));
    updateRoutes();
    updateUpstreams();
    updateErrors();
}

void TrayMenu::updateRoutes() {
    const int count = static_cast<int>(m_config.routes.size());
    for (int i = 0; i < count; ++i) {
        const RouteSwitch& route = m_config.routes[i];
        QAction* action = choiceAt(*m_routes, i);
        action->setCheckable(true);
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
    hideChoices(*m_routes, count);
}

void TrayMenu::updateUpstreams() {
    const int count = static_cast<int>(m_config.upstreams.size());
    for (int i = 0; i < count; ++i) {
        QAction* action = choiceAt(*m_upstreams, i);
        const QString& name = m_config.upstreams[i];
        action->setObjectName(QLatin1String("trayUpstream_") + name);
        action->setData(name);
        action->setText(escapedLabel(name, m_labels));
        action->setCheckable(true);
        action->setChecked(name == m_config.destination.upstream);
        action->setEnabled(m_config.hasRoutesFile);
        action->setVisible(true);
    }
    hideChoices(*m_upstreams, count);
}

void TrayMenu::updateErrors() {
    const int count = static_cast<int>(m_recent.size());
    for (int i = 0; i < count; ++i) {
        QAction* action = choiceAt(*m_errors, i);
        action->setObjectName(QStringLiteral("trayError%1").arg(i));
        action->setData(m_recent[i].id);
        action->setText(escapedLabel(m_recent[i].text, m_labels));
        action->setVisible(true);
    }
    hideChoices(*m_errors, count);
}

void TrayMenu::setClaudeCode(bool isConnected, bool canUndo) {
    m_claude->setTitle(isConnected ? tr("Claude Code · connected") : tr("Claude Code"));
    m_disconnect->setEnabled(canUndo);
}

} // namespace sallyport
