// SPDX-License-Identifier: MIT
#include "ui/log/logwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QMessageBox>
#include <QSettings>
#include <QShortcut>
#include <QVBoxLayout>

namespace sallyport {

namespace {

using namespace std::chrono_literals;
/// From this width on the detail has room beside the table.
constexpr int kBesideFrom = 1400;
const QString kGeometry = QStringLiteral("window/geometry");
const QString kColumns = QStringLiteral("window/columns");
const QString kSplit = QStringLiteral("window/split");
const QString kPlace = QStringLiteral("window/detail"); ///< `beside` or `below`; absent: by width

} // namespace

LogWindow::LogWindow(EngineInterface& gateway, const Clock& clock, QSettings& settings)
    : m_engine(gateway)
    , m_clock(clock)
    , m_settings(settings)
    , m_model(clock)
    , m_bar(m_viewMenu)
    , m_table(m_model)
    , m_empty(&m_table)
    , m_detail(clock) {
    setObjectName(QStringLiteral("logWindow"));
    setWindowTitle(tr("Requests – Sallyport"));
    lay();
    bind();
    bindGateway();
    addKeys();
    restore();
    takeStatus({});
    updateCounts();
    updateClaudeCode();
}

LogWindow::~LogWindow() {
    m_settings.setValue(kGeometry, saveGeometry());
    m_settings.setValue(kColumns, m_table.layoutState());
    m_settings.setValue(kSplit, m_parts.saveState());
    // Parts are members: what they still emit must not find a window that is half gone.
    disconnect(&m_engine, nullptr, this, nullptr);
    m_table.disconnect(this);
    m_model.disconnect(this);
}

void LogWindow::lay() {
    m_detail.hide();
    m_parts.setObjectName(QStringLiteral("parts"));
    m_parts.addWidget(&m_table);
    m_parts.addWidget(&m_detail);
    m_parts.setStretchFactor(0, 3);
    m_parts.setStretchFactor(1, 2);
    m_parts.setChildrenCollapsible(false);
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(&m_bar);
    column->addWidget(&m_notice);
    column->addWidget(&m_parts, 1);
    setCentralWidget(page);
    setStatusBar(&m_status);
    auto* cover = new QVBoxLayout(m_table.viewport());
    cover->addWidget(&m_empty);
    fillViewMenu();
}

void LogWindow::fillViewMenu() {
    QMenu* columns = m_viewMenu.addMenu(tr("Columns"));
    columns->setObjectName(QStringLiteral("columnsMenu"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_table.fillColumnMenu(*columns);
    });
    m_beside = m_viewMenu.addAction(tr("Detail beside the table"));
    m_beside->setObjectName(QStringLiteral("detailBeside"));
    m_beside->setCheckable(true);
    connect(m_beside, &QAction::triggered, this, [this](bool on) {
        m_settings.setValue(kPlace, on ? QStringLiteral("beside") : QStringLiteral("below"));
        placeDetail();
    });
    m_viewMenu.addSeparator();
    const auto add = [this](const QString& text, const char* name) {
        QAction* action = m_viewMenu.addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        return action;
    };
    connect(add(tr("Connect Claude Code…"), "viewConnect"), &QAction::triggered, this,
            &LogWindow::connectWanted);
    connect(add(tr("Set up gateway…"), "viewSetUp"), &QAction::triggered, this,
            &LogWindow::setUpWanted);
    m_viewMenu.addSeparator();
    connect(add(tr("Keys (F1)"), "viewKeys"), &QAction::triggered, this, &LogWindow::showKeys);
}

void LogWindow::bind() {
    connect(&m_bar.filter(), &FilterLine::queryChanged, &m_model, &ExchangeTableModel::setQuery);
    connect(&m_bar.filter(), &FilterLine::problemChanged, &m_status, &StatusLine::setFilterProblem);
    connect(&m_bar, &LogBar::pauseToggled, this, &LogWindow::setPaused);
    connect(&m_bar, &LogBar::clearWanted, this, [this] {
        m_engine.clearLog();
        m_model.clearEnded();
        if (!m_model.ring().find(m_detail.id())) closeDetail();
    });
    connect(&m_model, &ExchangeTableModel::countsChanged, this, &LogWindow::updateCounts);
    connect(&m_table, &LogTable::currentIdChanged, this, &LogWindow::showDetailOf);
    connect(&m_table, &LogTable::clicked, this, [this] {
        if (!m_detail.isVisible()) showDetailOf(m_table.currentId());
    });
    connect(&m_table, &LogTable::activated, this, [this] { showDetailOf(m_table.currentId()); });
    connect(&m_table, &LogTable::copyWanted, this, [this] {
        QApplication::clipboard()->setText(m_table.selectedText());
        m_status.showMessage(tr("Rows copied"), 2500);
    });
    connect(&m_empty, &EmptyState::startWanted, this, [this] { m_engine.setListening(true); });
    connect(&m_empty, &EmptyState::connectWanted, this, &LogWindow::connectWanted);
    connect(&m_empty, &EmptyState::clearFilterWanted, this, [this] {
        m_bar.filter().clear();
        m_bar.filter().applyNow();
    });
    connect(&m_notice, &NoticeBar::tryAgainWanted, this, &LogWindow::tryAgain);
    connect(&m_detail, &DetailView::closeWanted, this, &LogWindow::closeDetail);
    connect(&m_detail, &DetailView::copied, this,
            [this](const QString& what) { m_status.showMessage(what, 2500); });
    m_seenTicker.setInterval(1s);
    connect(&m_seenTicker, &QTimer::timeout, this, &LogWindow::updateClaudeCode);
}

void LogWindow::bindGateway() {
    connect(&m_engine, &EngineInterface::statusChanged, this, &LogWindow::takeStatus);
    connect(&m_engine, &EngineInterface::exchangesChanged, this, &LogWindow::takeRecords);
    connect(&m_engine, &EngineInterface::detailChanged, this, [this](const ExchangeDetail& detail) {
        if (detail.record.id == m_detail.id()) m_detail.setDetail(detail);
    });
    connect(&m_engine, &EngineInterface::configChanged, this,
            [this] { m_notice.setNotice(NoticeBar::Kind::Configuration, {}); });
    connect(&m_engine, &EngineInterface::configRejected, this, [this](const QString& message) {
        m_notice.setNotice(
            NoticeBar::Kind::Configuration,
            tr("The configuration was refused, the last good one goes on. %1").arg(message));
    });
}

void LogWindow::addKey(const QKeySequence& keys, const char* name, std::function<void()> act) {
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setObjectName(QString::fromLatin1(name));
    connect(shortcut, &QShortcut::activated, this, std::move(act));
}

void LogWindow::addKeys() {
    addKey(QKeySequence(Qt::CTRL | Qt::Key_L), "keyFilter", [this] {
        m_bar.filter().setFocus();
        m_bar.filter().selectAll();
    });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_P), "keyPause",
           [this] { m_bar.pauseButton().toggle(); });
    addKey(QKeySequence(Qt::Key_Escape), "keyEscape", [this] { escape(); });
    addKey(QKeySequence(Qt::Key_F1), "keySheet", [this] { showKeys(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_W), "keyClose", [this] { close(); });
}

void LogWindow::restore() {
    resize(1180, 740);
    restoreGeometry(m_settings.value(kGeometry).toByteArray());
    const QByteArray columns = m_settings.value(kColumns).toByteArray();
    if (!columns.isEmpty()) m_table.restoreLayoutState(columns);
    m_parts.restoreState(m_settings.value(kSplit).toByteArray());
    placeDetail();
}

void LogWindow::placeDetail() {
    const QString place = m_settings.value(kPlace).toString();
    const bool isBeside =
        place.isEmpty() ? width() >= kBesideFrom : place == QLatin1String("beside");
    m_beside->setChecked(isBeside);
    m_parts.setOrientation(isBeside ? Qt::Horizontal : Qt::Vertical);
}

void LogWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    placeDetail();
}

void LogWindow::takeStatus(const EngineStatus& status) {
    m_lastStatus = status;
    m_bar.setStatus(status, m_model.isPaused());
    m_status.setStatus(status);
    m_notice.setNotice(NoticeBar::Kind::Listener,
                       status.state == EngineStatus::State::Failed ? status.problem : QString());
    updateCounts();
}

void LogWindow::takeRecords(const QVector<ExchangeRecord>& records) {
    m_model.take(records);
    const auto before = m_seen ? m_seen->at : WallTime{};
    m_seen = latestSeen(m_seen, records);
    if (m_seen && m_seen->at > before) {
        emit claudeCodeSeen(*m_seen);
        updateClaudeCode();
    }
    const quint64 id = m_detail.id();
    if (id == 0 || !m_detail.isVisible()) return;
    for (const ExchangeRecord& record : records)
        if (record.id == id) m_detail.setRecord(record);
}

void LogWindow::showDetailOf(quint64 id) {
    const ExchangeRecord* record = m_model.ring().find(id);
    if (!record) return;
    m_detail.setRecord(*record);
    m_detail.show();
    // The detail takes room from the table once it is laid out; the chosen row stays in sight.
    QTimer::singleShot(0, &m_table, [this] { m_table.scrollTo(m_table.currentIndex()); });
    m_engine.watchExchange(id);
}

void LogWindow::closeDetail() {
    m_detail.hide();
    m_detail.clear();
    m_engine.watchExchange(0);
}

void LogWindow::escape() {
    if (m_bar.filter().hasFocus() && !m_bar.filter().text().isEmpty()) {
        m_bar.filter().clear();
        m_bar.filter().applyNow();
        return;
    }
    if (m_detail.isVisible()) closeDetail();
    m_table.setFocus();
}

void LogWindow::setPaused(bool on) {
    m_model.setPaused(on);
    m_bar.setStatus(m_lastStatus, on);
    updateCounts();
}

void LogWindow::updateCounts() {
    const std::size_t shown = static_cast<std::size_t>(m_model.rowCount());
    const std::size_t total = m_model.ring().size();
    m_bar.setCounts(m_model.ring());
    m_status.setCounts(shown, total, m_model.waiting());
    const bool isListening = m_lastStatus.state == EngineStatus::State::Running;
    m_empty.setReason(emptyReason(isListening, shown, total), m_lastStatus.address);
}

void LogWindow::setClaudeCodeConnected(bool isConnected) {
    m_isConnected = isConnected;
    updateClaudeCode();
}

void LogWindow::updateClaudeCode() {
    m_status.setClaudeCode(m_isConnected, m_seen, m_clock.wallNow());
    // Seconds are counted only where they are read.
    const bool isTicking = m_seen && isVisible() && m_clock.wallNow() - m_seen->at < 60s;
    m_seenTicker.setInterval(isTicking ? 1s : 30s);
    if (m_seen && isVisible() && !m_seenTicker.isActive()) m_seenTicker.start();
    if (!isVisible()) m_seenTicker.stop();
}

void LogWindow::tryAgain(NoticeBar::Kind kind) {
    if (kind == NoticeBar::Kind::Listener) m_engine.setListening(true);
    if (kind == NoticeBar::Kind::Configuration) m_engine.reload();
}

void LogWindow::raiseToFront() {
    if (isMinimized()) setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    updateClaudeCode();
}

void LogWindow::closeEvent(QCloseEvent* event) {
    event->ignore();
    if (m_hasTray && m_hasTray())
        hide();
    else
        showMinimized();
}

QString keySheet() {
    const std::pair<QString, QString> keys[]{
        {QStringLiteral("Ctrl+L"), LogWindow::tr("to the filter")},
        {QStringLiteral("Ctrl+P"), LogWindow::tr("pause and go on")},
        {QStringLiteral("End"), LogWindow::tr("follow the latest request")},
        {QStringLiteral("Enter"), LogWindow::tr("open the detail")},
        {QStringLiteral("Esc"), LogWindow::tr("clear the filter, close the detail")},
        {QStringLiteral("Ctrl+C"), LogWindow::tr("copy the selected rows")},
        {QStringLiteral("Ctrl+W"), LogWindow::tr("close the window")},
        {QStringLiteral("F1"), LogWindow::tr("this sheet")},
    };
    QString rows;
    for (const auto& [key, meaning] : keys)
        rows += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                    .arg(key, meaning.toHtmlEscaped());
    return QStringLiteral("<table cellpadding='3'>%1</table><p>%2</p><p><code>%3</code></p>")
        .arg(rows, LogWindow::tr("The filter understands:").toHtmlEscaped(),
             filter::knownKeys().join(u' '));
}

void LogWindow::showKeys() {
    auto* sheet = new QMessageBox(this);
    sheet->setObjectName(QStringLiteral("keySheet"));
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setWindowTitle(tr("Keys"));
    sheet->setTextFormat(Qt::RichText);
    sheet->setText(keySheet());
    sheet->addButton(tr("Close"), QMessageBox::AcceptRole);
    sheet->open();
}

} // namespace sallyport
