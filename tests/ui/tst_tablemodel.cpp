// SPDX-License-Identifier: MIT
#include "core/history/filterparser.h"
#include "tests/ui/demofeed.h"
#include "ui/log/exchangetablemodel.h"
#include "ui/log/liverowdelegate.h"
#include "ui/log/rowtext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

namespace {

ExchangeRecord plain(quint64 id, int status = 200, ExchangeEnd end = ExchangeEnd::Complete) {
    ExchangeRecord r;
    r.id = id;
    r.status = status;
    r.end = end;
    r.method = "GET";
    r.path = "/p" + QByteArray::number(id);
    return r;
}

QVector<ExchangeRecord> span(quint64 from, quint64 to) {
    QVector<ExchangeRecord> records;
    for (quint64 id = from; id <= to; ++id)
        records += plain(id);
    return records;
}

filter::Query query(const char* line) { return *filter::parse(QString::fromUtf8(line)); }

} // namespace

class TableModelTest : public QObject {
    Q_OBJECT
private slots:
    void aBatchIsOneInsertion();
    void aNewerStateChangesItsRowOnly();
    void whatLiesBetweenChangedRowsDoesNotChange();
    void aRecordThatNoLongerPassesLeaves();
    void aRecordThatBeginsToPassComesToItsPlace();
    void theOldestGoInBlocksAndStayAway();
    void pausedTakesNothingInAndThenAll();
    void pausedRunningRowsStandStill();
    void clearKeepsWhatRuns();
    void theGroupsAreCounted();
    void aFilterKeepsTheOrderOfIds();
    void aRunningRowSaysWhatItWritesAndHowFast();
    void aRunningRowSaysHowLongItWaitsOrIsSilent();
    void anErrorInMidStreamNamesTheOverload();
    void theCacheColumnHasReadAndWritten();
    void theWaterfallSpansTheRowsInSight();
    void equalTextsOfRowsAreKeptOnce();
    void valuesAreThoseOfEndedRows();
    void aHundredThousandRowsAreQuick();

private:
    ManualClock m_clock;
};

void TableModelTest::aBatchIsOneInsertion() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.addRecords(span(1, 50));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 50);
    QCOMPARE(model.index(49, ExchangeTableModel::Number).data().toString(), QStringLiteral("50"));
}

void TableModelTest::aNewerStateChangesItsRowOnly() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.addRecords(span(1, 5));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.addRecords({plain(3, 500)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 2);
    QCOMPARE(changed[0][1].toModelIndex().row(), 2);
    QCOMPARE(model.recordAt(2)->status, 500);
    QCOMPARE(model.rowCount(), 5);
}

void TableModelTest::whatLiesBetweenChangedRowsDoesNotChange() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.addRecords(span(1, 9));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.addRecords({plain(2, 500), plain(3, 500), plain(8, 500)});
    QStringList rows;
    for (const QList<QVariant>& each : changed)
        rows += QStringLiteral("%1-%2")
                    .arg(each[0].toModelIndex().row())
                    .arg(each[1].toModelIndex().row());
    QCOMPARE(rows, (QStringList{QStringLiteral("1-2"), QStringLiteral("7-7")}));
}

void TableModelTest::aRecordThatNoLongerPassesLeaves() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.setQuery(query("is:live"));
    model.addRecords({plain(1, 0, ExchangeEnd::Running), plain(2, 0, ExchangeEnd::Running)});
    QCOMPARE(model.rowCount(), 2);
    model.addRecords({plain(1)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.recordAt(0)->id, 2u);
    QCOMPARE(model.ring().size(), 2u);
}

void TableModelTest::aRecordThatBeginsToPassComesToItsPlace() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.setQuery(query("status:>=400"));
    model.addRecords({plain(1, 404), plain(2, 0, ExchangeEnd::Running), plain(3, 404)});
    QCOMPARE(model.rowCount(), 2);
    model.addRecords({plain(2, 500)});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.recordAt(1)->id, 2u);
}

void TableModelTest::theOldestGoInBlocksAndStayAway() {
    ExchangeTableModel model(m_clock, 160);
    const QAbstractItemModelTester tester(&model);
    model.addRecords(span(1, 160));
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.addRecords(span(161, 161));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(model.rowCount(), 150);
    QCOMPARE(model.recordAt(0)->id, 12u);
    model.addRecords({plain(5, 500)});
    QCOMPARE(model.rowCount(), 150);
}

void TableModelTest::pausedTakesNothingInAndThenAll() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.addRecords(span(1, 2));
    model.setPaused(true);
    model.addRecords({plain(3, 0, ExchangeEnd::Running)});
    model.addRecords({plain(3, 404)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.waiting(), 1u);
    model.setPaused(false);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.recordAt(2)->status, 404);
    QCOMPARE(model.waiting(), 0u);
}

void TableModelTest::pausedRunningRowsStandStill() {
    ManualClock clock;
    ExchangeTableModel model(clock);
    ExchangeRecord running = plain(1, 0, ExchangeEnd::Running);
    running.startedAt = clock.wallNow();
    model.addRecords({running});
    const QModelIndex duration = model.index(0, ExchangeTableModel::Duration);
    clock.advance(std::chrono::seconds(5));
    model.setPaused(true);
    const QString before = duration.data().toString();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    clock.advance(std::chrono::seconds(60));
    model.refreshRunning(0, 0);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(duration.data().toString(), before);
    model.setPaused(false);
    QVERIFY(duration.data().toString() != before);
}

void TableModelTest::clearKeepsWhatRuns() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.addRecords({plain(1), plain(2, 0, ExchangeEnd::Running), plain(3)});
    model.clearEnded();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.recordAt(0)->id, 2u);
    model.addRecords({plain(2, 200), plain(4)});
    QCOMPARE(model.rowCount(), 2);
}

void TableModelTest::theGroupsAreCounted() {
    ExchangeTableModel model(m_clock);
    model.addRecords({plain(1), plain(2, 404), plain(3, 500), plain(4, 0, ExchangeEnd::Running),
                      plain(5, 0, ExchangeEnd::UpstreamError)});
    model.addRecords({plain(4, 200)});
    QCOMPARE(model.ring().count(StatusGroup::Success), 2u);
    QCOMPARE(model.ring().count(StatusGroup::ClientError), 1u);
    QCOMPARE(model.ring().count(StatusGroup::ServerError), 1u);
    QCOMPARE(model.ring().count(StatusGroup::Failed), 1u);
    QCOMPARE(model.ring().count(StatusGroup::Live), 0u);
}

void TableModelTest::aFilterKeepsTheOrderOfIds() {
    ExchangeTableModel model(m_clock);
    const QAbstractItemModelTester tester(&model);
    model.addRecords(span(1, 30));
    model.setQuery(query("p2"));
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(model.recordAt(0)->id, 2u);
    QCOMPARE(model.rowOf(25), 6);
    QCOMPARE(model.rowOf(3), -1);
    model.addRecords(span(31, 200));
    QCOMPARE(model.recordAt(model.rowCount() - 1)->id, 200u);
}

void TableModelTest::equalTextsOfRowsAreKeptOnce() {
    ExchangeTableModel model(m_clock);
    const auto come = [&model](quint64 id, const char* session) {
        ExchangeRecord record = plain(id, 0, ExchangeEnd::Running);
        model.addRecords({record});
        record.end = ExchangeEnd::Complete; // a newer state, which has its own texts again
        record.session = session;
        record.error = QString::fromLatin1("overloaded_error");
        model.addRecords({record});
    };
    come(1, "9f31c2d4");
    come(2, "another");
    come(3, "9f31c2d4");
    QCOMPARE(model.recordAt(2)->session.constData(), model.recordAt(0)->session.constData());
    QCOMPARE(model.recordAt(2)->error.constData(), model.recordAt(0)->error.constData());
    QCOMPARE(model.recordAt(1)->session, QByteArray("another"));
}

void TableModelTest::valuesAreThoseOfEndedRows() {
    ExchangeTableModel model(m_clock);
    model.addRecords({plain(1, 404), plain(2, 200, ExchangeEnd::Running)});
    QCOMPARE(model.ring().seenValues().values().value(QStringLiteral("status")),
             QStringList{QStringLiteral("404")});
}

void TableModelTest::aHundredThousandRowsAreQuick() {
    constexpr quint64 kRows = 100000;
    QVector<ExchangeRecord> records;
    for (quint64 id = 1; id <= kRows; ++id)
        records += demo::record(id, WallTime{});
    ExchangeTableModel model(m_clock, kRows);
    QElapsedTimer timer;
    timer.start();
    model.addRecords(records);
    const double fill = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QCOMPARE(model.rowCount(), static_cast<int>(kRows));
    const auto scattered = query("status:>=400 -model:opus messages");
    timer.restart();
    model.setQuery(scattered);
    const double change = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    const auto word = query("quota");
    timer.restart();
    model.setQuery(word);
    const double search = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    qInfo("100000 rows: fill %.1f ms, filter %.1f ms, word that is nowhere %.1f ms", fill, change,
          search);
}

void TableModelTest::aRunningRowSaysWhatItWritesAndHowFast() {
    ExchangeTableModel model(m_clock);
    ExchangeRecord record = plain(1, 200, ExchangeEnd::Running);
    record.startedAt = m_clock.wallNow();
    record.phase = ExchangePhase::Streaming;
    record.isEventStream = true;
    record.events = 3;
    record.progress = {StreamProgress::Block::Thinking, 196};
    const auto state = [&model] {
        return model.index(0, ExchangeTableModel::State).data().toString();
    };
    model.addRecords({record});
    QVERIFY2(state().endsWith(QStringLiteral("thinking, 196 token(s)")), qPrintable(state()));
    m_clock.advance(std::chrono::seconds(2));
    record.progress.outputTokens = 312;
    record.responseBytes += 100;
    model.addRecords({record});
    QVERIFY2(state().endsWith(QStringLiteral("thinking, 312 token(s), 58/s")), qPrintable(state()));
    // One flush of the core is one change of the view, and no other row is laid out.
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    record.progress = {StreamProgress::Block::ToolCall, 320};
    model.addRecords({record});
    QCOMPARE(changes.size(), 1);
    QCOMPARE(layouts.size(), 0);
    QVERIFY2(state().contains(QStringLiteral("tool call, 320")), qPrintable(state()));
}

void TableModelTest::aRunningRowSaysHowLongItWaitsOrIsSilent() {
    ExchangeTableModel model(m_clock);
    ExchangeRecord record = plain(1, 0, ExchangeEnd::Running);
    record.startedAt = m_clock.wallNow();
    record.phase = ExchangePhase::RequestSent;
    record.times.requestSent = 0;
    const auto state = [&model] {
        return model.index(0, ExchangeTableModel::State).data().toString();
    };
    model.addRecords({record});
    m_clock.advance(std::chrono::seconds(41));
    QVERIFY2(state().contains(QStringLiteral("waiting 41 s")), qPrintable(state()));
    record.phase = ExchangePhase::Streaming;
    record.status = 200;
    record.responseBytes = 10;
    model.addRecords({record});
    QVERIFY2(!state().contains(QStringLiteral("silent")), qPrintable(state()));
    m_clock.advance(std::chrono::seconds(12));
    QVERIFY2(state().contains(QStringLiteral("silent 12 s")), qPrintable(state()));
    record.responseBytes = 20;
    model.addRecords({record});
    QVERIFY2(!state().contains(QStringLiteral("silent")), qPrintable(state()));
    record.end = ExchangeEnd::Complete;
    model.addRecords({record});
    m_clock.advance(std::chrono::seconds(60));
    QVERIFY2(state().contains(QStringLiteral("done")), qPrintable(state()));
}

void TableModelTest::anErrorInMidStreamNamesTheOverload() {
    ExchangeRecord record = plain(1, 200, ExchangeEnd::UpstreamError);
    record.isEventStream = true;
    record.error = QStringLiteral("Overloaded");
    QCOMPARE(rowState(record).word, QStringLiteral("overloaded in mid-stream"));
    record.error = QStringLiteral("api_error");
    QCOMPARE(rowState(record).word, QStringLiteral("error in the stream"));
}

void TableModelTest::theCacheColumnHasReadAndWritten() {
    QCOMPARE(cacheText({}), QStringLiteral("–"));
    QCOMPARE(cacheText({1, 2, 30, std::nullopt}), QStringLiteral("30"));
    QCOMPARE(cacheText({1, 2, 30, 4}), QStringLiteral("30 +4"));
    QCOMPARE(cacheText({1, 2, std::nullopt, 4}), QStringLiteral("+4"));
}

void TableModelTest::theWaterfallSpansTheRowsInSight() {
    ExchangeTableModel model(m_clock);
    const WallTime start = m_clock.wallNow();
    QVector<ExchangeRecord> records = span(1, 3);
    for (ExchangeRecord& record : records) {
        record.startedAt = start + std::chrono::seconds(record.id);
        record.times.ended = 500'000;
    }
    model.addRecords(records);
    const auto span = LiveRowDelegate::spanOf(model, 1, 2);
    QVERIFY(span.from == start + std::chrono::seconds(2));
    QVERIFY(span.to == start + std::chrono::milliseconds(3500));
}

QTEST_MAIN(TableModelTest)
#include "tst_tablemodel.moc"
