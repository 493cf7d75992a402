// SPDX-License-Identifier: MIT
#include "core/history/filterparser.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/fakeport.h"
#include "ui/log/elidedlabel.h"
#include "ui/log/logwindow.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sallyport;

namespace {

QVector<ExchangeRecord> span(quint64 from, quint64 to) {
    QVector<ExchangeRecord> records;
    for (quint64 id = from; id <= to; ++id)
        records += demo::record(id, WallTime{});
    return records;
}

/// Counts how often the view asks for a cell: its work, whatever the machine.
class CountingModel : public ExchangeTableModel {
public:
    using ExchangeTableModel::ExchangeTableModel;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        ++asked;
        return ExchangeTableModel::data(index, role);
    }
    mutable int asked = 0;
};

} // namespace

Q_DECLARE_METATYPE(WindowState)

class LogWindowTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void followsWhileAtTheEnd();
    void letsGoWhenScrolledUp();
    void aPillSaysHowManyAreNewAndEndFollowsAgain();
    void aSelectedRowThatPassesStaysSelected();
    void aSelectedRowThatDoesNotPassIsSelectedNoMore();
    void ofManySelectedRowsThoseThatPassStay();
    void aMistakeInTheFilterLeavesTheLastResult();
    void choosingARowWatchesItAndEscapeStops();
    void focusAloneChoosesNothing();
    void emptyStates();
    void theListenersTroubleIsSaid();
    void copiesTheSelectedRows();
    void theMenuOfARowKeepsItsSession();
    void ticksOnlyWhileSomethingRuns();
    void remembersTheColumns();
    void everyWidgetThatIsUsedHasAName();
    void everyWidgetThatTabReachesHasAnAccessibleName();
    void aRowIsASentenceForAScreenReader();
    void aBatchIsOneChangeOfTheTable();
    void theTableAsksOnlyForRowsInSight();
    void pauseSaysHowManyRequestsWait();
    void aLongFilterErrorLeavesTheWidth();
    void theKeyboardBeginsInTheTable();
    void aNoticeHiddenByHandStaysHidden();
    void eachStateHasItsButtons_data();
    void eachStateHasItsButtons();
    void whereRequestsGoIsAlwaysVisible();
    void keysChooseARow_data();
    void keysChooseARow();

private:
    template <typename T>
    T* part(const char* name) {
        return m_window->findChild<T*>(QString::fromLatin1(name));
    }
    QPushButton* noticeButton(NoticeAction action);
    bool hasNotice();
    LogTable& table() { return *part<LogTable>("logTable"); }
    void filter(const QString& text) {
        part<FilterLine>("filterLine")->setText(text);
        part<FilterLine>("filterLine")->applyNow();
    }
    /// Of the selected rows, from the top.
    QVector<quint64> selectedIds() {
        QVector<quint64> ids;
        for (const QModelIndex& row : table().selectionModel()->selectedRows())
            ids += row.data(ExchangeTableModel::IdRole).toULongLong();
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    void listen() {
        emit m_port->statusChanged(
            {EngineStatus::State::Running, QStringLiteral("127.0.0.1:1"), {}, false, 0, {}});
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    std::unique_ptr<FakePort> m_port;
    std::unique_ptr<QSettings> m_settings;
    QMenu m_menu;
    std::unique_ptr<LogWindow> m_window;
};

void LogWindowTest::init() {
    m_port = std::make_unique<FakePort>();
    m_settings =
        std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    m_window = std::make_unique<LogWindow>(*m_port, m_clock, *m_settings, m_menu);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    listen();
    QCoreApplication::processEvents();
}

void LogWindowTest::cleanup() {
    m_window.reset();
    m_settings->clear();
}

void LogWindowTest::followsWhileAtTheEnd() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    const QScrollBar* bar = table().verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    emit m_port->exchangesChanged(span(201, 300));
    QCoreApplication::processEvents();
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(table().tail().isFollowing());
}

void LogWindowTest::letsGoWhenScrolledUp() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    table().verticalScrollBar()->setValue(100);
    QVERIFY(!table().tail().isFollowing());
    emit m_port->exchangesChanged(span(201, 260));
    QCoreApplication::processEvents();
    QCOMPARE(table().verticalScrollBar()->value(), 100);
}

void LogWindowTest::aPillSaysHowManyAreNewAndEndFollowsAgain() {
    emit m_port->exchangesChanged(span(1, 200));
    QCoreApplication::processEvents();
    auto* pill = part<QPushButton>("newRowsPill");
    QVERIFY(!pill->isVisible());
    table().verticalScrollBar()->setValue(0);
    emit m_port->exchangesChanged(span(201, 237));
    QVERIFY(pill->isVisible());
    QVERIFY2(pill->text().contains(QStringLiteral("37")), qPrintable(pill->text()));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_End);
    QCoreApplication::processEvents();
    QVERIFY(!pill->isVisible());
    QCOMPARE(table().verticalScrollBar()->value(), table().verticalScrollBar()->maximum());
}

void LogWindowTest::aSelectedRowThatPassesStaysSelected() {
    emit m_port->exchangesChanged(span(1, 60));
    table().selectRow(10);
    QCOMPARE(selectedIds(), QVector<quint64>{11});
    // Every twelfth exchange of the feed has status 429: 11, 23, 35, 47, 59.
    filter(QStringLiteral("status:429"));
    QCOMPARE(table().model()->rowCount(), 5);
    QCOMPARE(selectedIds(), QVector<quint64>{11});
    QCOMPARE(table().currentIndex().row(), 0);
    filter(QString());
    QCOMPARE(selectedIds(), QVector<quint64>{11});
    QCOMPARE(table().currentIndex().row(), 10);
}

void LogWindowTest::aSelectedRowThatDoesNotPassIsSelectedNoMore() {
    emit m_port->exchangesChanged(span(1, 60));
    table().selectRow(14);
    filter(QStringLiteral("status:429"));
    QCOMPARE(selectedIds(), QVector<quint64>());
    QCOMPARE(table().currentId(), 0u);
    filter(QString());
    QCOMPARE(selectedIds(), QVector<quint64>());
}

void LogWindowTest::ofManySelectedRowsThoseThatPassStay() {
    emit m_port->exchangesChanged(span(1, 60));
    table().selectRow(10);
    for (const int row : {14, 22})
        table().selectionModel()->select(table().model()->index(row, 0),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const QVector<quint64> before{11, 15, 23};
    QCOMPARE(selectedIds(), before);
    filter(QStringLiteral("status:429"));
    const QVector<quint64> after{11, 23};
    QCOMPARE(selectedIds(), after);
}

void LogWindowTest::aMistakeInTheFilterLeavesTheLastResult() {
    emit m_port->exchangesChanged(span(1, 60));
    filter(QStringLiteral("status:429"));
    const int shown = table().model()->rowCount();
    QCOMPARE(shown, 5);
    filter(QStringLiteral("status:nonsense"));
    QCOMPARE(table().model()->rowCount(), shown);
    auto* line = part<FilterLine>("filterLine");
    QVERIFY(!line->problem().isEmpty());
    QCOMPARE(line->toolTip(), line->problem());
    QCOMPARE(part<QLabel>("statusFilterProblem")->text(), line->problem());
    filter(QString());
    QVERIFY(line->toolTip().isEmpty());
    QCOMPARE(table().model()->rowCount(), 60);
}

void LogWindowTest::choosingARowWatchesItAndEscapeStops() {
    emit m_port->exchangesChanged(span(1, 5));
    table().selectRow(0);
    QCOMPARE(m_port->asked.last(), QStringLiteral("watch 1"));
    auto* detail = part<DetailView>("detailView");
    QVERIFY(detail->isVisible());
    emit m_port->detailChanged(demo::detail(demo::record(1, WallTime{})));
    part<QTabWidget>("detailTabs")->setCurrentWidget(part<EventsPane>("eventsPane"));
    QCOMPARE(part<EventsPane>("eventsPane")->count(), 42);
    part<QTabWidget>("detailTabs")->setCurrentIndex(1);
    QVERIFY(part<QPlainTextEdit>("requestBody")
                ->toPlainText()
                .contains(QStringLiteral("\n  \"max_tokens\": 32000")));
    table().setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!detail->isVisible());
    QCOMPARE(m_port->asked.last(), QStringLiteral("watch 0"));
}

void LogWindowTest::focusAloneChoosesNothing() {
    emit m_port->exchangesChanged(span(1, 5));
    part<FilterLine>("filterLine")->setFocus();
    table().setFocus();
    QVERIFY(!part<DetailView>("detailView")->isVisible());
    QTest::keyClick(&table(), Qt::Key_Down);
    QVERIFY(part<DetailView>("detailView")->isVisible());
}

void LogWindowTest::emptyStates() {
    auto* empty = part<EmptyState>("emptyState");
    QVERIFY(empty->reason() == EmptyReason::NoRequests);
    QVERIFY(!part<QPushButton>("emptyButton")->isHidden());
    ClaudeCodeState connected;
    connected.isConnected = true;
    m_window->setClaudeCode(connected);
    QVERIFY(part<QPushButton>("emptyButton")->isHidden());
    QVERIFY(part<QLabel>("emptyText")->text().startsWith(QLatin1String("Claude Code is conn")));
    m_window->setClaudeCode({});
    emit m_port->statusChanged({});
    QVERIFY(empty->reason() == EmptyReason::Stopped);
    part<QPushButton>("emptyButton")->click();
    QCOMPARE(m_port->asked.last(), QStringLiteral("listening 1"));
    emit m_port->exchangesChanged(span(1, 5));
    QVERIFY(empty->reason() == EmptyReason::None);
    filter(QStringLiteral("nowhere"));
    QVERIFY(empty->reason() == EmptyReason::NothingMatches);
    part<QPushButton>("emptyButton")->click();
    QVERIFY(empty->reason() == EmptyReason::None);
    QVERIFY(part<FilterLine>("filterLine")->text().isEmpty());
}

QPushButton* LogWindowTest::noticeButton(NoticeAction action) {
    return part<QPushButton>(
        QStringLiteral("notice%1").arg(static_cast<int>(action)).toLatin1().constData());
}

bool LogWindowTest::hasNotice() {
    const auto bars = m_window->findChildren<NoticeBar*>();
    return std::any_of(bars.begin(), bars.end(), [](const auto* bar) { return bar->isVisible(); });
}

void LogWindowTest::theListenersTroubleIsSaid() {
    emit m_port->statusChanged({EngineStatus::State::Failed,
                                {},
                                QStringLiteral("port 8899 is taken by nginx"),
                                true,
                                0,
                                {}});
    QVERIFY(hasNotice());
    QVERIFY(part<QLabel>("noticeText")->text().contains(QStringLiteral("nginx")));
    noticeButton(NoticeAction::TurnOn)->click();
    QCOMPARE(m_port->asked.last(), QStringLiteral("listening 1"));
    noticeButton(NoticeAction::UseFreePort)->click();
    QCOMPARE(m_port->asked.last(), QStringLiteral("free port"));
    listen();
    QVERIFY(!hasNotice());
    emit m_port->configRejected(QStringLiteral("routes.yaml:3:1: no"));
    QVERIFY(hasNotice());
    listen();
    QVERIFY(hasNotice());
    emit m_port->configChanged({});
    QVERIFY(!hasNotice());
}

void LogWindowTest::aNoticeHiddenByHandStaysHidden() {
    emit m_port->exchangesChanged(span(1, 5));
    emit m_port->statusChanged({});
    QVERIFY(hasNotice());
    part<QToolButton>("noticeClose")->click();
    QVERIFY(!hasNotice());
    emit m_port->exchangesChanged(span(6, 7));
    QVERIFY(!hasNotice());
    m_window->setClaudeCode({false, true, QStringLiteral("http://127.0.0.1:1"), {}});
    QVERIFY(hasNotice());
}

void LogWindowTest::eachStateHasItsButtons_data() {
    using State = EngineStatus::State;
    using Action = NoticeAction;
    QTest::addColumn<WindowState>("state");
    QTest::addColumn<QList<int>>("actions");
    const auto row = [](const char* tag, const WindowState& state, std::vector<Action> actions) {
        QList<int> numbers;
        for (const Action action : actions)
            numbers += static_cast<int>(action);
        QTest::newRow(tag) << state << numbers;
    };
    const QString here = QStringLiteral("http://127.0.0.1:1");
    const ClaudeCodeState connected{true, true, here, here};
    const ClaudeCodeState cut{false, true, here, {}};
    WindowState on;
    on.engine = {State::Running, QStringLiteral("127.0.0.1:1"), {}, false, 0, {}};
    row("all is well", on, {});
    on.claude = connected;
    row("all is well and Claude Code is connected", on, {});
    on.claude = {false, true, QStringLiteral("http://127.0.0.1:2"), here};
    row("an address that is no longer ours", on,
        {Action::UpdateClaudeCode, Action::RestoreClaudeCode});
    on.claude = {false, true, QStringLiteral("https://other.example"), here};
    row("settings that somebody else has changed", on,
        {Action::UpdateClaudeCode, Action::RestoreClaudeCode});
    on.claude = {false, false, QStringLiteral("https://other.example"), here};
    row("settings that are not ours", on, {});
    on.config.pendingAddress = QStringLiteral("127.0.0.1:3");
    row("a changed listen:", on, {Action::ListenAnew});
    WindowState off;
    row("off and empty: the table says so", off, {});
    off.hasRows = true;
    row("off with rows", off, {Action::TurnOn});
    off.claude = cut;
    row("off and connected", off, {Action::TurnOn, Action::RestoreClaudeCode});
    WindowState failed;
    failed.engine = {State::Failed, {}, QStringLiteral("taken"), true, 0, {}};
    row("a port that is taken", failed, {Action::UseFreePort, Action::TurnOn});
    failed.claude = cut;
    row("a port that is taken after a crash", failed,
        {Action::UseFreePort, Action::TurnOn, Action::RestoreClaudeCode});
    WindowState refused;
    refused.configProblem = QStringLiteral("routes.yaml:1:1: no");
    row("files that are refused", refused, {Action::ReadAgain});
}

void LogWindowTest::eachStateHasItsButtons() {
    QFETCH(WindowState, state);
    QList<int> actions;
    for (const Notice& notice : stateNotices(state)) {
        QVERIFY(!notice.text.isEmpty());
        for (const NoticeAction action : notice.actions)
            actions += static_cast<int>(action);
    }
    QTEST(actions, "actions");
}

void LogWindowTest::whereRequestsGoIsAlwaysVisible() {
    auto* destination = part<QToolButton>("statusDestination");
    ConfigSummary summary;
    summary.destination = {QStringLiteral("corp"), QStringLiteral("gateway.corp.example"), false};
    emit m_port->configChanged(summary);
    QCOMPARE(destination->text(), QStringLiteral("→ corp (gateway.corp.example)"));
    const QColor plain = destination->palette().color(QPalette::ButtonText);
    summary.destination = {QStringLiteral("sandbox"), {}, true};
    emit m_port->configChanged(summary);
    QVERIFY(destination->text().contains(QStringLiteral("not a real model")));
    QVERIFY(destination->palette().color(QPalette::ButtonText) != plain);
    QSignalSpy setUp(m_window.get(), &LogWindow::setUpRequested);
    destination->click();
    QCOMPARE(setUp.size(), 1);
}

void LogWindowTest::copiesTheSelectedRows() {
    emit m_port->exchangesChanged(span(1, 5));
    table().selectRow(1);
    const QString text = table().selectedText();
    QVERIFY2(text.startsWith(QStringLiteral("2\t")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("/v1/messages")));
    QMenu columns;
    table().fillColumnMenu(columns);
    columns.findChild<QAction*>(QStringLiteral("column%1").arg(ExchangeTableModel::Number))
        ->toggle();
    QVERIFY(!table().selectedText().startsWith(QStringLiteral("2\t")));
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), table().selectedText());
}

void LogWindowTest::ticksOnlyWhileSomethingRuns() {
    QVERIFY(!table().isPulsing());
    ExchangeRecord running = demo::record(1, WallTime{});
    running.end = ExchangeEnd::Running;
    emit m_port->exchangesChanged({running});
    QVERIFY(table().isPulsing());
    emit m_port->exchangesChanged({demo::record(1, WallTime{})});
    QVERIFY(!table().isPulsing());
}

void LogWindowTest::remembersTheColumns() {
    QMenu columns;
    table().fillColumnMenu(columns);
    columns.findChild<QAction*>(QStringLiteral("column%1").arg(ExchangeTableModel::Size))->toggle();
    table().horizontalHeader()->moveSection(0, 2);
    m_window.reset();
    m_window = std::make_unique<LogWindow>(*m_port, m_clock, *m_settings, m_menu);
    QVERIFY(table().isColumnHidden(ExchangeTableModel::Size));
    QCOMPARE(table().horizontalHeader()->visualIndex(0), 2);
    QVERIFY(!table().restoreLayoutState("rubbish"));
}

void LogWindowTest::everyWidgetThatIsUsedHasAName() {
    const auto buttons = m_window->findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        const bool isQts = button->objectName().startsWith(QStringLiteral("qt_")) ||
                           qobject_cast<const QLineEdit*>(button->parent()) ||
                           QByteArray(button->metaObject()->className()) == "QTableCornerButton";
        QVERIFY2(isQts || !button->objectName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(isQts || !button->text().isEmpty() || !button->accessibleName().isEmpty(),
                 qPrintable(button->objectName()));
    }
    for (const char* name :
         {"logTable", "filterLine", "requestBody", "responseBody", "eventsTable"})
        QVERIFY2(!part<QWidget>(name)->accessibleName().isEmpty(), name);
}

void LogWindowTest::everyWidgetThatTabReachesHasAnAccessibleName() {
    QStringList nameless;
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus)) continue;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        if (spoken && !spoken->text(QAccessible::Name).isEmpty()) continue;
        nameless +=
            QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    QCOMPARE(nameless.join(u'\n'), QString());
}

void LogWindowTest::aRowIsASentenceForAScreenReader() {
    emit m_port->exchangesChanged(span(11, 11));
    const QModelIndex number = table().model()->index(0, ExchangeTableModel::Number);
    const QString spoken = number.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.startsWith(QStringLiteral("11: POST /v1/messages?beta=true, ! 429 rate limit")),
             qPrintable(spoken));
}

void LogWindowTest::aBatchIsOneChangeOfTheTable() {
    const QAbstractItemModel* model = table().model();
    QSignalSpy inserted(model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(model, &QAbstractItemModel::modelReset);
    emit m_port->exchangesChanged(span(1, 100000));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model->rowCount(), 100000);
    filter(QStringLiteral("status:>=400 -model:opus"));
    QCOMPARE(reset.size(), 1);
    const int passing = model->rowCount();
    emit m_port->exchangesChanged(span(100001, 101000));
    // 1000 too many: the oldest sixteenth goes, in one piece.
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(removed.size(), 1);
    QVERIFY2(model->rowCount() < passing, qPrintable(QString::number(model->rowCount())));
}

void LogWindowTest::theTableAsksOnlyForRowsInSight() {
    CountingModel model(m_clock);
    LogTable table(model);
    table.resize(1100, 600);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    const int inSight = table.height() / table.verticalHeader()->defaultSectionSize() + 2;
    // A cell is asked for eight roles when it is painted, and the view may paint twice.
    const int most = 2 * 8 * inSight * ExchangeTableModel::kColumns;
    model.asked = 0;
    model.addRecords(span(1, 100000));
    QCoreApplication::processEvents();
    QVERIFY2(model.asked <= most, qPrintable(QString::number(model.asked)));
    model.asked = 0;
    model.setQuery(*sallyport::filter::parse(u"status:>=400"));
    QCoreApplication::processEvents();
    QVERIFY2(model.asked <= most, qPrintable(QString::number(model.asked)));
    model.asked = 0;
    model.addRecords(span(100001, 101000));
    QCoreApplication::processEvents();
    QVERIFY2(model.asked <= most, qPrintable(QString::number(model.asked)));
}

void LogWindowTest::pauseSaysHowManyRequestsWait() {
    emit m_port->exchangesChanged(span(1, 3));
    auto* pause = part<QToolButton>("pauseButton");
    QCOMPARE(pause->text(), QStringLiteral("Pause"));
    pause->click();
    QCOMPARE(pause->text(), QStringLiteral("Resume"));
    // Many states of one request are one request.
    for (int i = 0; i < 20; ++i)
        emit m_port->exchangesChanged(span(4, 4));
    QCOMPARE(part<QLabel>("statusCounts")->text(),
             QStringLiteral("3 request(s) · 1 request(s) waiting"));
    QCOMPARE(table().model()->rowCount(), 3);
    pause->click();
    QCOMPARE(part<QLabel>("statusCounts")->text(), QStringLiteral("4 request(s)"));
}

void LogWindowTest::aLongFilterErrorLeavesTheWidth() {
    filter(QStringLiteral("status:429"));
    const int width = m_window->width();
    const int minimum = m_window->minimumSizeHint().width();
    filter(QStringLiteral("unknown-key-of-a-very-long-name:x ").remove(u'-'));
    QVERIFY(!part<FilterLine>("filterLine")->problem().isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(m_window->minimumSizeHint().width(), minimum);
    QCOMPARE(m_window->width(), width);
}

void LogWindowTest::theMenuOfARowKeepsItsSession() {
    ExchangeRecord record = demo::record(1, WallTime{});
    record.session.clear();
    QMenu without;
    table().fillRowMenu(without, record);
    QVERIFY(without.isEmpty());
    record.session = "s-1";
    record.upstream = QStringLiteral("corp");
    record.target = QStringLiteral("a.test:443");
    QMenu menu;
    table().fillRowMenu(menu, record);
    QCOMPARE(menu.actions().size(), 2);
    QCOMPARE(menu.actions()[0]->text(), QStringLiteral("Keep this session at a.test:443"));
    menu.actions()[0]->trigger();
    QCOMPARE(m_port->asked.last(), QStringLiteral("pin corp s-1 a.test:443"));
    menu.actions()[1]->trigger();
    QCOMPARE(m_port->asked.last(), QStringLiteral("pin corp s-1 "));
}

void LogWindowTest::theKeyboardBeginsInTheTable() { QCOMPARE(m_window->focusWidget(), &table()); }

void LogWindowTest::keysChooseARow_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<quint64>("id");
    QTest::newRow("down begins with the first") << static_cast<int>(Qt::Key_Down) << quint64{1};
    QTest::newRow("up begins with the last") << static_cast<int>(Qt::Key_Up) << quint64{5};
    QTest::newRow("home goes to the first") << static_cast<int>(Qt::Key_Home) << quint64{1};
}

void LogWindowTest::keysChooseARow() {
    QFETCH(int, key);
    emit m_port->exchangesChanged(span(1, 5));
    table().setFocus();
    QTest::keyClick(&table(), static_cast<Qt::Key>(key));
    QCOMPARE(selectedIds().size(), 1);
    QTEST(table().currentId(), "id");
}

QTEST_MAIN(LogWindowTest)
#include "tst_logwindow.moc"
