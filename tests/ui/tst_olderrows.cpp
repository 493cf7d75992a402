// SPDX-License-Identifier: MIT
#include "ui/log/olderrows.h"

#include "core/history/filterparser.h"
#include "tests/ui/demofeed.h"
#include "tests/ui/windowrig.h"
#include "ui/log/keysheet.h"

#include <QMessageBox>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>

using namespace sallyport;

namespace {

using namespace std::chrono_literals;
const WallTime kLive{std::chrono::hours(24 * 365 * 55)};
const WallTime kMonth = kLive - 480h;

ExchangeRecord ended(quint64 id, WallTime at) {
    ExchangeRecord record = demo::record(id, at);
    record.startedAt = at + std::chrono::seconds(id);
    record.phase = ExchangePhase::Ended;
    if (record.end == ExchangeEnd::Running) record.end = ExchangeEnd::Complete;
    return record;
}

/// Newest first, as the history answers.
QVector<ExchangeRecord> kept(quint64 from, quint64 to) {
    QVector<ExchangeRecord> records;
    for (quint64 id = to; id >= from; --id)
        records += ended(id, kMonth);
    return records;
}

QVector<ExchangeRecord> live(quint64 from, quint64 to) {
    QVector<ExchangeRecord> records;
    for (quint64 id = from; id <= to; ++id)
        records += ended(id, kLive);
    return records;
}

filter::Query query(const char* line) { return *filter::parse(QString::fromUtf8(line)); }

using Kind = OlderState::Kind;

} // namespace

class TestOlderRows : public QObject {
    Q_OBJECT
private slots:
    void init();
    void nothingIsAskedBeforeSomeoneAsks();
    void rowsStandAboveTheLiveOnesInTheirOrder();
    void aFilterSearchesAtOnce();
    void answersToAnEarlierFilterAreDropped();
    void aStoppedSearchAddsNothing();
    void whatIsShownLiveIsNotShownTwice();
    void contentsFindWhatTheLiveRowsCannot();
    void theRowsAreBounded();
    void aHistoryThatIsSwitchedOffHasNoRows();
    void thePlaceInSightStaysWhenRowsCome();
    void theBarTellsHowFarItReaches();
    void theBarIsAwayWhileTheLatestAreFollowed();
    void goingBeyondTheTopAsksForMore_data();
    void goingBeyondTheTopAsksForMore();
    void anOldRowShowsWhatIsKept();
    void anOldRowSaysWhatIsNoLongerKept();
    void aLiveRowThatTheLogForgotIsReadFromTheHistory();
    void escapeStopsASearch();
    void clearingTheHistoryIsConfirmed();
    void theSwitchGoesToTheSettings();
    void anotherDayIsSaid();

private:
    void show();
    template <typename T>
    T* part(const char* name) {
        return m_rig->part<T>(name);
    }
    LogTable& table() { return m_rig->table(); }
    QString bar() {
        return part<QWidget>("historyBar")->isVisible() ? part<QLabel>("historyText")->text()
                                                        : QString();
    }

    SystemClock m_clock;
    std::unique_ptr<WindowRig> m_rig;
    std::unique_ptr<ExchangeTableModel> m_model;
    std::unique_ptr<OlderRows> m_older;
};

void TestOlderRows::init() {
    m_older.reset();
    m_rig = std::make_unique<WindowRig>();
    m_model = std::make_unique<ExchangeTableModel>(m_clock);
    m_older = std::make_unique<OlderRows>(*m_model);
    m_older->setHistory(m_rig->history);
}

/// The whole window over the same fakes.
void TestOlderRows::show() {
    m_older.reset();
    QVERIFY(m_rig->show());
    emit m_rig->port.configChanged({});
    QCoreApplication::processEvents();
}

void TestOlderRows::nothingIsAskedBeforeSomeoneAsks() {
    QCOMPARE(m_older->state().kind, Kind::Idle);
    m_model->addRecords(live(1, 3));
    QVERIFY(m_rig->history.searches.isEmpty());
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.size(), 1);
    QCOMPARE(m_older->state().kind, Kind::Searching);
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.size(), 1);
}

void TestOlderRows::rowsStandAboveTheLiveOnesInTheirOrder() {
    m_model->addRecords(live(1, 3));
    m_older->loadMore();
    m_rig->history.answer(HistoryPage::State::More, kept(6, 8));
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.last().before, 6U);
    m_rig->history.answer(HistoryPage::State::All, kept(4, 5));
    QStringList numbers;
    for (int row = 0; row < m_model->rowCount(); ++row)
        numbers += m_model->index(row, 0).data().toString();
    QCOMPARE(numbers.join(u' '), QStringLiteral("H4 H5 H6 H7 H8 1 2 3"));
    QCOMPARE(m_older->state().kind, Kind::All);
    QCOMPARE(m_model->rowOf(2), 6);
    QCOMPARE(m_model->rowOf(kHistoryBit | 5), 1);
    QCOMPARE(m_model->find(kHistoryBit | 5)->id, kHistoryBit | 5);
    m_model->addRecords(live(4, 4));
    QCOMPARE(m_model->rowOf(4), 8);
}

void TestOlderRows::aFilterSearchesAtOnce() {
    m_older->setQuery(query("status:529"));
    QCOMPARE(m_rig->history.searches.size(), 1);
    QCOMPARE(m_rig->history.searches.last().query, query("status:529"));
    QVERIFY(m_older->state().isFiltered);
    m_older->setQuery({});
    QCOMPARE(m_rig->history.searches.size(), 1);
    QCOMPARE(m_older->state().kind, Kind::Idle);
}

void TestOlderRows::answersToAnEarlierFilterAreDropped() {
    m_older->setQuery(query("status:529"));
    HistoryPage late;
    late.search = m_rig->history.searches.last().search;
    late.state = HistoryPage::State::All;
    late.records = kept(1, 3);
    m_older->setQuery(query("status:200"));
    emit m_rig->history.found(late);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_older->state().kind, Kind::Searching);
    m_rig->history.answer(HistoryPage::State::Searching, kept(9, 9));
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_older->state().kind, Kind::Searching);
}

void TestOlderRows::aStoppedSearchAddsNothing() {
    m_older->setQuery(query("status:529"));
    m_rig->history.answer(HistoryPage::State::Searching, kept(9, 9));
    const quint64 search = m_rig->history.searches.last().search;
    m_older->cancel();
    QCOMPARE(m_rig->history.asked, QStringList{QStringLiteral("cancel")});
    HistoryPage late;
    late.search = search;
    late.records = kept(1, 3);
    emit m_rig->history.found(late);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_older->state().kind, Kind::More);
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.last().before, 9U);
}

void TestOlderRows::whatIsShownLiveIsNotShownTwice() {
    m_model->addRecords(live(1, 3));
    m_older->loadMore();
    QVector<ExchangeRecord> records = live(1, 3);
    std::reverse(records.begin(), records.end());
    for (ExchangeRecord& record : records)
        record.id += 100;
    m_rig->history.answer(HistoryPage::State::More, records + kept(50, 51));
    QCOMPARE(m_model->rowCount(), 5);
}

void TestOlderRows::contentsFindWhatTheLiveRowsCannot() {
    m_model->addRecords(live(1, 3));
    m_older->setQuery(query("body:tool"));
    QCOMPARE(m_model->rowCount(), 0);
    ExchangeRecord same = live(2, 2).first();
    same.id = 102;
    m_rig->history.answer(HistoryPage::State::All, {same});
    QCOMPARE(m_model->rowCount(), 1);
}

void TestOlderRows::theRowsAreBounded() {
    m_older->loadMore();
    const auto most = static_cast<quint64>(OlderRows::kMaxRows);
    m_rig->history.answer(HistoryPage::State::More, kept(1000, 999 + most));
    QCOMPARE(m_older->state().kind, Kind::Full);
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.size(), 1);
}

void TestOlderRows::aHistoryThatIsSwitchedOffHasNoRows() {
    m_older->loadMore();
    m_rig->history.answer(HistoryPage::State::More, kept(1, 3));
    m_older->setKept(false);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_older->state().kind, Kind::None);
    m_older->setQuery(query("status:529"));
    m_older->loadMore();
    QCOMPARE(m_rig->history.searches.size(), 1);
}

void TestOlderRows::thePlaceInSightStaysWhenRowsCome() {
    show();
    emit m_rig->port.exchangesChanged(live(1, 300));
    QCoreApplication::processEvents();
    table().verticalScrollBar()->setValue(0);
    QTest::keyClick(&table(), Qt::Key_PageUp, Qt::ControlModifier);
    m_rig->history.answer(HistoryPage::State::More, kept(1, 200));
    QCoreApplication::processEvents();
    QCOMPARE(table().rowAt(0), 200);
    QVERIFY(!table().tail().isFollowing());
}

void TestOlderRows::theBarTellsHowFarItReaches() {
    show();
    QVERIFY(bar().contains(QStringLiteral("in the history")));
    part<QPushButton>("historyMore")->click();
    QVERIFY(bar().contains(QStringLiteral("Searching")));
    QVERIFY(part<QPushButton>("historyCancel")->isVisible());
    m_rig->history.answer(HistoryPage::State::More, kept(1, 3));
    QVERIFY(bar().startsWith(QStringLiteral("3 older")));
    QVERIFY(part<QPushButton>("historyMore")->isVisible());
    part<QPushButton>("historyMore")->click();
    m_rig->history.answer(HistoryPage::State::All);
    QVERIFY(bar().contains(QStringLiteral("that is all")));
    QVERIFY(!part<QPushButton>("historyMore")->isVisible());
    QVERIFY(part<QLabel>("statusCounts")->text().contains(QStringLiteral("3 older")));
}

void TestOlderRows::theBarIsAwayWhileTheLatestAreFollowed() {
    show();
    emit m_rig->port.exchangesChanged(live(1, 300));
    QTRY_COMPARE(bar(), QString());
    table().verticalScrollBar()->setValue(0);
    QTRY_VERIFY(!bar().isEmpty());
}

void TestOlderRows::goingBeyondTheTopAsksForMore_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("page up on the first row") << int(Qt::Key_PageUp) << int(Qt::NoModifier);
    QTest::newRow("up on the first row") << int(Qt::Key_Up) << int(Qt::NoModifier);
    QTest::newRow("the shortcut from anywhere") << int(Qt::Key_PageUp) << int(Qt::ControlModifier);
}

void TestOlderRows::goingBeyondTheTopAsksForMore() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    show();
    emit m_rig->port.exchangesChanged(live(1, 300));
    QTRY_COMPARE(table().verticalScrollBar()->value(), table().verticalScrollBar()->maximum());
    QVERIFY(table().verticalScrollBar()->maximum() > 0);
    QTest::keyClick(&table(), Qt::Key_Home);
    QTRY_VERIFY(part<QWidget>("detailView")->isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(m_rig->history.searches.size(), 0);
    QCOMPARE(table().currentIndex().row(), 0);
    QTRY_COMPARE(table().verticalScrollBar()->value(), 0);
    QTest::keyClick(&table(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(m_rig->history.searches.size(), 1);
}

void TestOlderRows::anOldRowShowsWhatIsKept() {
    show();
    part<QPushButton>("historyMore")->click();
    m_rig->history.answer(HistoryPage::State::All, kept(1, 3));
    table().selectId(kHistoryBit | 2);
    QCOMPARE(m_rig->history.asked, QStringList{QStringLiteral("detail 2")});
    QVERIFY(!m_rig->port.asked.contains(QStringLiteral("watch 2")));
    ExchangeDetail detail = demo::detail(kept(2, 2).first());
    detail.requestBody = {{1, "\"a body that is kept\""}};
    emit m_rig->history.detailRead(detail);
    part<QTabWidget>("detailTabs")->setCurrentIndex(1);
    QVERIFY(part<QPlainTextEdit>("requestBody")->toPlainText().contains(u"that is kept"));
}

void TestOlderRows::anOldRowSaysWhatIsNoLongerKept() {
    show();
    part<QPushButton>("historyMore")->click();
    m_rig->history.answer(HistoryPage::State::All, kept(1, 3));
    table().selectId(kHistoryBit | 2);
    part<QTabWidget>("detailTabs")->setCurrentIndex(1);
    emit m_rig->history.detailMissing(2);
    QVERIFY(part<QLabel>("requestNote")->text().contains(QStringLiteral("24 h")));
}

void TestOlderRows::aLiveRowThatTheLogForgotIsReadFromTheHistory() {
    show();
    emit m_rig->port.exchangesChanged(live(1, 3));
    table().selectId(2);
    QVERIFY(m_rig->port.asked.contains(QStringLiteral("watch 2")));
    emit m_rig->port.detailGone(2);
    QCOMPARE(m_rig->history.asked, QStringList{QStringLiteral("detail 2 live")});
}

void TestOlderRows::escapeStopsASearch() {
    show();
    part<QPushButton>("historyMore")->click();
    table().setFocus();
    QTest::keyClick(&m_rig->window, Qt::Key_Escape);
    QCOMPARE(m_rig->history.asked, QStringList{QStringLiteral("cancel")});
}

void TestOlderRows::clearingTheHistoryIsConfirmed() {
    show();
    part<QPushButton>("historyMore")->click();
    m_rig->history.answer(HistoryPage::State::All, kept(1, 3));
    const auto ask = [this] {
        m_rig->window.findChild<QAction*>(QStringLiteral("historyClear"))->trigger();
        return m_rig->window.findChild<QMessageBox*>(QStringLiteral("clearHistoryQuestion"));
    };
    QMessageBox* question = ask();
    QVERIFY(question);
    QTest::keyClick(question, Qt::Key_Escape);
    QTRY_VERIFY(!m_rig->window.findChild<QMessageBox*>(QStringLiteral("clearHistoryQuestion")));
    QVERIFY(m_rig->history.asked.isEmpty());
    ask()->findChild<QPushButton*>(QStringLiteral("clearHistoryConfirm"))->click();
    QCOMPARE(m_rig->history.asked, QStringList{QStringLiteral("clear")});
    emit m_rig->history.cleared({});
    QCOMPARE(table().model()->rowCount(), 0);
}

void TestOlderRows::theSwitchGoesToTheSettings() {
    show();
    m_rig->window.findChild<QAction*>(QStringLiteral("historyKeep"))->trigger();
    QVERIFY(m_rig->port.asked.contains(QStringLiteral("history 0")));
    ConfigSummary summary;
    summary.history.isEnabled = false;
    emit m_rig->port.configChanged(summary);
    QCOMPARE(bar(), QString());
    part<FilterLine>("filterLine")->setText(QStringLiteral("body:x"));
    part<FilterLine>("filterLine")->applyNow();
    QVERIFY(part<FilterLine>("filterLine")->problem().contains(QStringLiteral("switched off")));
    QVERIFY(keySheetText().contains(QStringLiteral("Ctrl+PgUp")));
}

void TestOlderRows::anotherDayIsSaid() {
    m_older->loadMore();
    m_rig->history.answer(HistoryPage::State::All, kept(1, 1));
    const QString time = m_model->index(0, ExchangeTableModel::Time).data().toString();
    QVERIFY2(time.contains(u'-'), qPrintable(time));
    m_model->addRecords({ended(1, m_clock.wallNow() - 1s)});
    QVERIFY(!m_model->index(1, ExchangeTableModel::Time).data().toString().contains(u'-'));
}

QTEST_MAIN(TestOlderRows)
#include "tst_olderrows.moc"
