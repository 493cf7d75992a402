// SPDX-License-Identifier: MIT
#include "ui/log/logwindow.h"

#include "ui/log/keysheet.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
} // namespace

LogWindow::LogWindow(EngineInterface& engine, const Clock& clock, QSettings& settings, QMenu& menu)
    : m_engine(engine)
    , m_clock(clock)
    , m_model(clock)
    , m_logBar(m_viewMenu, menu, settings)
    , m_healthChecks(m_model, settings)
    , m_table(m_model)
    , m_emptyState(&m_table)
    , m_older(m_model)
    , m_historyMenu(this)
    , m_historyBar(m_older, m_table)
    , m_detail(clock)
    , m_layout({*this, m_splitter, m_table, m_detail}, settings)
    , m_reads(engine, m_model)
    , m_sessions(m_reads, m_model, m_table, m_detail)
    , m_resend(engine, {m_table, m_model, m_reads}, clock)
    , m_rowActions(m_table, m_model, m_detail, clock) {
    setObjectName(QStringLiteral("logWindow"));
    setWindowTitle(tr("Requests – Sallyport"));
    setupUi();
    connectSignals();
    connectEngine();
    connectHistory();
    setupShortcuts();
    m_layout.restore();
    updateStatus({});
    updateCounts();
    updateClaudeCode();
}

LogWindow::~LogWindow() {
    m_layout.save();
    // The widgets are members and may still emit while the window is being destroyed.
    disconnect(&m_engine, nullptr, this, nullptr);
    for (QObject* part : {static_cast<QObject*>(&m_table), static_cast<QObject*>(&m_model),
                          static_cast<QObject*>(&m_older), static_cast<QObject*>(&m_rowActions),
                          static_cast<QObject*>(&m_resend)})
        part->disconnect(this);
}

void LogWindow::setupUi() {
    m_detail.hide();
    m_splitter.setObjectName(QStringLiteral("parts"));
    m_splitter.addWidget(&m_table);
    m_splitter.addWidget(&m_sessions.tree());
    m_splitter.addWidget(&m_detail);
    m_splitter.setStretchFactor(0, 3);
    m_splitter.setStretchFactor(2, 2);
    m_splitter.setChildrenCollapsible(false);
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_logBar.addChip(m_healthChecks);
    column->addWidget(&m_logBar);
    column->addWidget(&m_notices);
    column->addWidget(&m_historyBar);
    column->addWidget(&m_splitter, 1);
    setCentralWidget(page);
    setStatusBar(&m_statusLine);
    auto* cover = new QVBoxLayout(m_table.viewport());
    cover->addWidget(&m_emptyState);
    m_table.setFocus();
    m_lastSeenTimer.setInterval(1s);
    connect(&m_lastSeenTimer, &QTimer::timeout, this, &LogWindow::updateClaudeCode);
    setupViewMenu();
}

void LogWindow::setupViewMenu() {
    QMenu* columns = m_viewMenu.addMenu(tr("Columns"));
    columns->setObjectName(QStringLiteral("columnsMenu"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_table.fillColumnMenu(*columns);
    });
    m_viewMenu.addAction(&m_healthChecks.action());
    m_viewMenu.addAction(&m_layout.besideAction());
    m_viewMenu.addMenu(&m_historyMenu);
    m_viewMenu.addAction(&m_sessions.action());
    QMenu* selected = m_viewMenu.addMenu(tr("Selected requests"));
    m_resend.fillMenu(*selected);
    m_rowActions.fillMenu(*selected);
    m_viewMenu.addSeparator();
    QAction* keys = m_viewMenu.addAction(tr("Keys (F1)"), this, [this] { showKeySheet(this); });
    keys->setObjectName(QStringLiteral("viewKeys"));
}

void LogWindow::connectSignals() {
    connect(&m_logBar.filter(), &FilterLine::queryChanged, &m_older, &OlderRows::setQuery);
    m_logBar.filter().setSeenValues([this] { return m_model.ring().seenValues(); });
    connect(&m_logBar.filter(), &FilterLine::problemChanged, &m_statusLine,
            &StatusLine::setFilterProblem);
    connect(&m_logBar, &LogBar::pauseToggled, this, &LogWindow::setPaused);
    connect(&m_logBar, &LogBar::clearRequested, this, [this] {
        m_engine.clearLog();
        m_older.drop();
        m_model.clearEnded();
        if (!m_model.find(m_detail.id())) closeDetail();
    });
    connect(&m_model, &ExchangeTableModel::countsChanged, this, &LogWindow::updateCounts);
    connect(&m_table, &LogTable::currentIdChanged, this, &LogWindow::showDetailOf);
    connect(&m_table, &LogTable::clicked, this, [this] {
        if (!m_detail.isVisible()) showDetailOf(m_table.currentId());
    });
    connect(&m_table, &LogTable::activated, this, [this] { showDetailOf(m_table.currentId()); });
    connect(&m_table, &LogTable::pinRequested, &m_engine, &EngineInterface::pinSession);
    connect(&m_table, &LogTable::copyRequested, this, [this] {
        QApplication::clipboard()->setText(m_table.selectedText());
        m_statusLine.showMessage(tr("Rows copied"), 2500);
    });
    connect(&m_emptyState, &EmptyState::turnOnRequested, this,
            [this] { m_engine.setListening(true); });
    connect(&m_emptyState, &EmptyState::connectRequested, this, &LogWindow::connectRequested);
    connect(&m_emptyState, &EmptyState::clearFilterRequested, this, [this] {
        m_logBar.filter().clear();
        m_logBar.filter().applyNow();
    });
    connect(&m_notices, &NoticeStack::actionRequested, this, &LogWindow::act);
    connect(&m_statusLine, &StatusLine::destinationClicked, this, &LogWindow::setUpRequested);
    m_sessions.connectBar(m_logBar);
    connect(&m_sessions.tree(), &SessionTree::exchangeChosen, this, &LogWindow::showDetailOf);
    connect(&m_detail, &DetailView::closeRequested, this, &LogWindow::closeDetail);
    connectActions();
}

void LogWindow::connectActions() {
    const auto tell = [this](const QString& what) { m_statusLine.showMessage(what, 2500); };
    connect(&m_detail, &DetailView::copied, this, tell);
    connect(&m_rowActions, &RowActions::copied, this, tell);
    connect(&m_resend, &ResendActions::told, this,
            [this](const QString& what) { m_statusLine.showMessage(what, 8000); });
    connect(&m_rowActions, &RowActions::bundleRequested, this, &LogWindow::bundleRequested);
    connect(&m_rowActions, &RowActions::selectionSummed, &m_statusLine, &StatusLine::setSelection);
}

void LogWindow::connectEngine() {
    connect(&m_engine, &EngineInterface::statusChanged, this, &LogWindow::updateStatus);
    connect(&m_engine, &EngineInterface::exchangesChanged, this, &LogWindow::addRecords);
    connect(&m_engine, &EngineInterface::detailGone, this, [this](quint64 id) {
        // The history may still have it.
        if (const ExchangeRecord* record = m_model.find(id)) m_older.readDetail(*record);
    });
    connect(&m_engine, &EngineInterface::detailChanged, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_detail.id()) m_detail.setDetail(detail);
    });
    connect(&m_engine, &EngineInterface::configChanged, this, [this](const ConfigSummary& summary) {
        m_state.config = summary;
        m_state.configProblem.clear();
        m_statusLine.setDestination(summary.destination);
        m_historyMenu.setLimits(summary.history);
        m_resend.setUpstreams(summary.upstreams);
        m_older.setKept(summary.history.isEnabled);
        updateNotices();
    });
    connect(&m_engine, &EngineInterface::configRejected, this, [this](const QString& message) {
        m_state.configProblem = message;
        updateNotices();
    });
}

void LogWindow::setHistory(HistoryInterface& history) {
    m_older.setHistory(history);
    m_reads.setHistory(history);
    m_sessions.setHistory(history);
    connect(&m_historyMenu, &HistoryMenu::clearRequested, &history, &HistoryInterface::clear);
    connect(&m_rowActions, &RowActions::exportRequested, &history, &HistoryInterface::exportTo);
    connect(&history, &HistoryInterface::exported, this, [this](const ExportOutcome& outcome) {
        m_statusLine.showMessage(outcomeText(outcome), 8000);
    });
    connect(&history, &HistoryInterface::cleared, this, [this](const QString& problem) {
        m_older.drop();
        m_statusLine.showMessage(clearedText(problem), 5000);
    });
}

void LogWindow::setPrices(const PriceTable& prices) {
    m_sessions.setPrices(prices);
    m_resend.setPrices(prices);
}

void LogWindow::connectHistory() {
    connect(&m_older, &OlderRows::stateChanged, this, &LogWindow::updateHistory);
    connect(&m_older, &OlderRows::detailRead, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_detail.id()) m_detail.setDetail(detail);
    });
    connect(&m_older, &OlderRows::detailGone, this,
            [this](quint64 id) { m_detail.setGone(id, goneText(m_historyMenu.limits())); });
    connect(&m_historyMenu, &HistoryMenu::olderRequested, &m_older, &OlderRows::loadMore);
    connect(&m_historyMenu, &HistoryMenu::keepingRequested, &m_engine,
            &EngineInterface::setHistoryEnabled);
}

void LogWindow::updateHistory() {
    m_logBar.filter().setSearchesHistory(m_older.hasHistory());
    m_rowActions.setHasHistory(m_older.hasHistory());
}

void LogWindow::addShortcut(const QKeySequence& keys, const char* name, std::function<void()> act) {
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setObjectName(QString::fromLatin1(name));
    connect(shortcut, &QShortcut::activated, this, std::move(act));
}

void LogWindow::setupShortcuts() {
    addShortcut(Qt::CTRL | Qt::Key_L, "keyFilter", [this] {
        m_logBar.filter().setFocus();
        m_logBar.filter().selectAll();
    });
    addShortcut(QKeySequence::Find, "keyFind", [this] {
        if (!m_detail.isVisible()) showDetailOf(m_table.currentId());
        if (m_detail.isVisible()) m_detail.find();
    });
    addShortcut(Qt::CTRL | Qt::Key_P, "keyPause", [this] { m_logBar.pauseButton().toggle(); });
    addShortcut(Qt::Key_Escape, "keyEscape", [this] { handleEscape(); });
    addShortcut(Qt::Key_F1, "keySheet", [this] { showKeySheet(this); });
    addShortcut(Qt::CTRL | Qt::Key_PageUp, "keyOlder", [this] { m_older.loadMore(); });
    addShortcut(Qt::Key_F10, "keyMenu", [this] { m_logBar.openMainMenu(); });
    addShortcut(Qt::CTRL | Qt::Key_W, "keyClose", [this] { close(); });
}

void LogWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_layout.updateOrientation();
}

void LogWindow::updateStatus(const EngineStatus& status) {
    m_state.engine = status;
    m_logBar.setStatus(status, m_model.isPaused());
    m_statusLine.setStatus(status);
    updateCounts();
}

QVector<ExchangeRecord> LogWindow::records() const {
    QVector<ExchangeRecord> all;
    for (std::size_t i = 0; i < m_model.ring().size(); ++i)
        all.append(m_model.ring().at(i));
    return all;
}

void LogWindow::addRecords(const QVector<ExchangeRecord>& records) {
    m_model.addRecords(records);
    m_sessions.addRecords(records);
    m_resend.noteRecords(records);
    const auto before = m_lastSeen ? m_lastSeen->at : WallTime{};
    m_lastSeen = latestSeen(m_lastSeen, records);
    if (m_lastSeen && m_lastSeen->at > before) {
        emit claudeCodeSeen(*m_lastSeen);
        updateClaudeCode();
    }
    const quint64 id = m_detail.id();
    if (id == 0 || !m_detail.isVisible()) return;
    for (const ExchangeRecord& record : records)
        if (record.id == id) m_detail.setRecord(record);
}

void LogWindow::showDetailOf(quint64 id) {
    const ExchangeRecord* record = m_model.find(id);
    if (!record) return;
    m_detail.setRecord(*record);
    m_detail.show();
    // Showing the detail shrinks the table after this; scroll the selected row into view then.
    QTimer::singleShot(0, &m_table, [this] { m_table.scrollTo(m_table.currentIndex()); });
    m_engine.watchExchange(isHistoryId(id) ? 0 : id);
    if (isHistoryId(id)) m_older.readDetail(*record);
}

void LogWindow::closeDetail() {
    m_detail.hide();
    m_detail.clear();
    m_engine.watchExchange(0);
}

void LogWindow::handleEscape() {
    if (m_logBar.filter().hasFocus() && !m_logBar.filter().text().isEmpty()) {
        m_logBar.filter().clear();
        m_logBar.filter().applyNow();
        return;
    }
    if (m_older.state().kind == OlderState::Kind::Searching)
        m_older.cancel();
    else if (m_detail.isVisible())
        closeDetail();
    m_table.setFocus();
}

void LogWindow::setPaused(bool on) {
    m_model.setPaused(on);
    m_logBar.setStatus(m_state.engine, on);
    updateCounts();
}

void LogWindow::updateCounts() {
    const auto older = static_cast<std::size_t>(m_model.olderRows());
    const std::size_t shown = static_cast<std::size_t>(m_model.rowCount()) - older;
    const std::size_t total = m_model.ring().size();
    m_logBar.setCounts(m_model.ring());
    const std::size_t hidden = m_model.hiddenHealthChecks();
    m_statusLine.setCounts(shown, total, m_model.waiting(), older);
    m_healthChecks.updateCount();
    const bool isListening = m_state.engine.state == EngineStatus::State::Running;
    m_emptyState.setReason(emptyReason(isListening, shown + older, total - hidden),
                           m_state.engine.address, m_state.claude.isConnected);
    m_state.hasRows = shown + older > 0;
    updateNotices();
}

void LogWindow::setClaudeCode(const ClaudeCodeState& state) {
    m_state.claude = state;
    updateClaudeCode();
    updateCounts();
}

void LogWindow::updateClaudeCode() {
    m_statusLine.setClaudeCode(m_state.claude, m_lastSeen, m_clock.wallNow());
    // Every second for the first minute, while the window is visible; then every 30 s.
    const bool isTicking = m_lastSeen && isVisible() && m_clock.wallNow() - m_lastSeen->at < 60s;
    m_lastSeenTimer.setInterval(isTicking ? 1s : 30s);
    if (m_lastSeen && isVisible() && !m_lastSeenTimer.isActive()) m_lastSeenTimer.start();
    if (!isVisible()) m_lastSeenTimer.stop();
}

void LogWindow::updateNotices() { m_notices.setNotices(stateNotices(m_state)); }

void LogWindow::act(NoticeAction action) {
    switch (action) {
    case NoticeAction::TurnOn: m_engine.setListening(true); return;
    case NoticeAction::ReadAgain: m_engine.reload(); return;
    case NoticeAction::UseFreePort: m_engine.listenOnFreePort(); return;
    case NoticeAction::ListenAnew:
        m_engine.setListening(false);
        m_engine.setListening(true);
        return;
    case NoticeAction::UpdateClaudeCode: emit updateClaudeCodeRequested(); return;
    case NoticeAction::RestoreClaudeCode: emit restoreClaudeCodeRequested(); return;
    }
}

void LogWindow::showExchange(quint64 id) {
    raiseToFront();
    m_table.selectId(id);
    showDetailOf(id);
}

void LogWindow::raiseToFront() {
    if (isMinimized()) setWindowState(windowState() & ~Qt::WindowMinimized);
    // A Wayland compositor brings a window to the front that is shown newly, not one that asks.
    const bool isWayland = QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
    if (isWayland && isVisible() && !isActiveWindow() &&
        !qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN"))
        hide();
    show();
    raise();
    activateWindow();
    updateClaudeCode();
}

void LogWindow::closeEvent(QCloseEvent* event) {
    event->ignore();
    m_hasTray&& m_hasTray() ? hide() : showMinimized();
}

} // namespace sallyport
