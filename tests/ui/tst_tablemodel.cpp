// SPDX-License-Identifier: MIT
#include "core/history/filterparser.h"
#include "tests/ui/demofeed.h"
#include "ui/log/exchangetablemodel.h"
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
    void aRecordThatNoLongerPassesLeaves();
    void aRecordThatBeginsToPassComesToItsPlace();
    void theOldestGoInBlocksAndStayAway();
    void pausedTakesNothingInAndThenAll();
    void pausedRunningRowsStandStill();
    void clearKeepsWhatRuns();
    void theGroupsAreCounted();
    void aFilterKeepsTheOrderOfIds();
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

QTEST_MAIN(TableModelTest)
#include "tst_tablemodel.moc"
