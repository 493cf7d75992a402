// SPDX-License-Identifier: MIT
#include "core/history/historywriter.h"

#include "core/history/historyworker.h"
#include "tests/history/historyrig.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestHistoryWriter : public QObject {
    Q_OBJECT
private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void whatIsKeptIsInTheFileSoon();
    void theEndWritesWhatWaits();
    void anEndThatIsRequestedGivesUpTheRest();
    void ourOwnEndpointsAreLeftOut();
    void aDamagedFileIsSetAside();
    void aFolderThatCannotBeWrittenIsSaid();
    void theQueueIsBounded();
    void contentsAreLeftOutBeforeExchanges();
    void contentsOfAFloodAreLeftOut();

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(QStringLiteral("h.sqlite")); }
    [[nodiscard]] std::size_t written() const {
        const auto reader = HistoryReader::open(path());
        return reader ? rig::idsOf(*reader, {}).size() : 0;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    SystemClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
};

void TestHistoryWriter::whatIsKeptIsInTheFileSoon() {
    HistoryWriter writer(path(), m_deadlines);
    writer.setLimits({});
    writer.keep(rig::exchange(1, m_clock.wallNow()));
    QTRY_COMPARE_WITH_TIMEOUT(written(), 1U, 1000);
    for (int i = 0; i < 1000; ++i)
        writer.keep(rig::exchange(i, m_clock.wallNow()));
    QTRY_COMPARE(written(), 1001U);
}

void TestHistoryWriter::theEndWritesWhatWaits() {
    {
        HistoryWriter writer(path(), m_deadlines);
        writer.setLimits({});
        for (int i = 0; i < 100; ++i)
            writer.keep(rig::exchange(i, m_clock.wallNow()));
    }
    QCOMPARE(written(), 100U);
}

void TestHistoryWriter::anEndThatIsRequestedGivesUpTheRest() {
    std::stop_source end;
    HistoryWorker worker(path(), end.get_token());
    QSignalSpy batches(&worker, &HistoryWorker::written);
    worker.setLimits({});
    const std::vector exchanges(3, rig::exchange(1, m_clock.wallNow()));
    worker.write(exchanges);
    end.request_stop();
    worker.write(exchanges);
    QCOMPARE(batches.size(), 2);
    QCOMPARE(batches.at(0).front().toInt(), 0);
    QCOMPARE(batches.at(1).front().toInt(), 3);
    QCOMPARE(written(), 3U);
}

void TestHistoryWriter::ourOwnEndpointsAreLeftOut() {
    {
        HistoryWriter writer(path(), m_deadlines);
        writer.setLimits({});
        ExchangeDetail own = rig::exchange(1, m_clock.wallNow());
        own.record.role = RequestRole::Local;
        writer.keep(own);
        writer.keep(rig::exchange(2, m_clock.wallNow()));
    }
    QCOMPARE(written(), 1U);
}

void TestHistoryWriter::aDamagedFileIsSetAside() {
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10000, 'x'));
    file.close();
    HistoryWriter writer(path(), m_deadlines);
    QSignalSpy troubles(&writer, &HistoryWriter::troubled);
    writer.setLimits({});
    writer.keep(rig::exchange(1, m_clock.wallNow()));
    QTRY_COMPARE(written(), 1U);
    QCOMPARE(troubles.size(), 1);
    const QString sentence = troubles.front().front().toString();
    const QStringList aside = QDir(m_dir->path()).entryList({QStringLiteral("h.sqlite.damaged-*")});
    QCOMPARE(aside.size(), 1);
    QVERIFY2(sentence.contains(aside.front()), qPrintable(sentence));
}

void TestHistoryWriter::aFolderThatCannotBeWrittenIsSaid() {
    QFile file(m_dir->filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    HistoryWriter writer(m_dir->filePath(QStringLiteral("file/h.sqlite")), m_deadlines);
    QSignalSpy troubles(&writer, &HistoryWriter::troubled);
    writer.setLimits({});
    for (int i = 0; i < 3; ++i)
        writer.keep(rig::exchange(i, m_clock.wallNow()));
    QTRY_COMPARE(troubles.size(), 1);
}

void TestHistoryWriter::theQueueIsBounded() {
    HistoryQueue queue;
    ExchangeDetail small;
    for (std::size_t i = 0; i < HistoryQueue::kMaxWaiting; ++i)
        queue.add(small);
    QCOMPARE(queue.takeDropped(), HistoryQueue::Dropped());
    queue.add(small);
    QCOMPARE(queue.takeDropped(), (HistoryQueue::Dropped{1, 0}));
    QCOMPARE(queue.take().size(), HistoryQueue::kMaxWaiting);
    // What is being written counts until it is.
    queue.add(small);
    QCOMPARE(queue.takeDropped(), (HistoryQueue::Dropped{1, 0}));
    queue.release();
    queue.add(small);
    QCOMPARE(queue.takeDropped(), HistoryQueue::Dropped());
    QVERIFY(!queue.isEmpty());
}

void TestHistoryWriter::contentsAreLeftOutBeforeExchanges() {
    HistoryQueue queue;
    ExchangeDetail big = rig::exchange(1, m_clock.wallNow());
    big.responseBody = {{0, QByteArray(HistoryQueue::kMaxBytes / 2, 'x')}};
    queue.add(big);
    queue.add(big);
    QCOMPARE(queue.takeDropped(), (HistoryQueue::Dropped{0, 1}));
    const auto taken = queue.take();
    QCOMPARE(taken.size(), 2U);
    QVERIFY(!taken[0].responseBody.isEmpty());
    QVERIFY(taken[1].responseBody.isEmpty());
    QCOMPARE(taken[1].record.path, big.record.path);
}

void TestHistoryWriter::contentsOfAFloodAreLeftOut() {
    ManualClock clock;
    DeadlineQueue deadlines(clock);
    HistoryWriter writer(path(), deadlines);
    const auto admitted = [&writer](int asked) {
        int count = 0;
        for (int i = 0; i < asked; ++i)
            count += writer.admitsContents() ? 1 : 0;
        return count;
    };
    QCOMPARE(admitted(6000), 5000);
    clock.advance(1s);
    QCOMPARE(admitted(6000), kContentsPerSecond);
    clock.advance(1h);
    QCOMPARE(admitted(6000), 5000);
}

QTEST_GUILESS_MAIN(TestHistoryWriter)
#include "tst_historywriter.moc"
