// SPDX-License-Identifier: MIT
#include "ui/log/detailreads.h"

#include "tests/ui/demofeed.h"
#include "tests/ui/fakehistory.h"
#include "tests/ui/fakeport.h"

#include <QSignalSpy>
#include <QTest>

using namespace sallyport;

class DetailReadsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<ExchangeDetail>(); }
    void oneIsReadAfterTheOther();
    void whatTheCoreHasNotIsReadFromTheHistory();
    void withoutAHistoryItIsMissing();
    void theOldestGiveWay();

private:
    [[nodiscard]] ExchangeDetail detail(quint64 id) const {
        return demo::detail(demo::record(id, m_clock.wallNow()));
    }
    void fill(ExchangeTableModel& model, quint64 count) const {
        QVector<ExchangeRecord> records;
        for (quint64 id = 1; id <= count; ++id)
            records += demo::record(id, m_clock.wallNow());
        model.addRecords(records);
    }
    SystemClock m_clock;
};

void DetailReadsTest::oneIsReadAfterTheOther() {
    FakePort port;
    ExchangeTableModel model(m_clock);
    fill(model, 3);
    DetailReads reads(port, model);
    QSignalSpy read(&reads, &DetailReads::read);
    reads.ask(1);
    reads.ask(2);
    reads.ask(2);
    reads.ask(1);
    QCOMPARE(port.asked, QStringList{QStringLiteral("read 1")});
    emit port.detailChanged(detail(3));
    QCOMPARE(read.size(), 0);
    emit port.detailChanged(detail(1));
    emit port.detailChanged(detail(2));
    QCOMPARE(read.size(), 2);
    const QStringList asked{QStringLiteral("read 1"), QStringLiteral("read 2")};
    QCOMPARE(port.asked, asked);
}

void DetailReadsTest::whatTheCoreHasNotIsReadFromTheHistory() {
    FakePort port;
    FakeHistory history;
    ExchangeTableModel model(m_clock);
    fill(model, 1);
    DetailReads reads(port, model);
    reads.setHistory(history);
    QSignalSpy read(&reads, &DetailReads::read);
    QSignalSpy missing(&reads, &DetailReads::missing);
    reads.ask(1);
    emit port.detailGone(1);
    QCOMPARE(history.asked, QStringList{QStringLiteral("detail 1 live")});
    emit history.detailRead(detail(1));
    QCOMPARE(read.size(), 1);
    reads.ask(1);
    emit port.detailGone(1);
    emit history.detailMissing(1);
    QCOMPARE(missing.size(), 1);
    ExchangeRecord older = demo::record(70, m_clock.wallNow());
    model.prependOlder({older});
    reads.ask(70 | kHistoryBit);
    QCOMPARE(history.asked.last(), QStringLiteral("detail 70"));
    emit history.detailRead(detail(70));
    QCOMPARE(read.last().at(0).value<ExchangeDetail>().record.id, 70 | kHistoryBit);
}

void DetailReadsTest::withoutAHistoryItIsMissing() {
    FakePort port;
    ExchangeTableModel model(m_clock);
    fill(model, 2);
    DetailReads reads(port, model);
    QSignalSpy missing(&reads, &DetailReads::missing);
    reads.ask(1);
    reads.ask(2);
    emit port.detailGone(1);
    emit port.detailGone(2);
    QCOMPARE(missing.size(), 2);
}

void DetailReadsTest::theOldestGiveWay() {
    FakePort port;
    ExchangeTableModel model(m_clock);
    fill(model, 40);
    DetailReads reads(port, model);
    QSignalSpy missing(&reads, &DetailReads::missing);
    for (quint64 id = 1; id <= 1 + DetailReads::kMostWaiting; ++id)
        reads.ask(id);
    QCOMPARE(missing.size(), 0);
    reads.ask(40);
    QCOMPARE(missing.size(), 1);
    QCOMPARE(missing.first().at(0).toULongLong(), 2U);
}

QTEST_MAIN(DetailReadsTest)
#include "tst_detailreads.moc"
