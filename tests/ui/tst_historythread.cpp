// SPDX-License-Identifier: MIT
#include "app/desktop/historythread.h"

#include "tests/history/historyrig.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace sallyport;

class TestHistoryThread : public QObject {
    Q_OBJECT
private slots:
    void requestsAreAnsweredOnThisThread();
};

void TestHistoryThread::requestsAreAnsweredOnThisThread() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("history.sqlite"));
    const auto store = std::move(HistoryStore::open(path, {})).value();
    QVERIFY(!store->append(std::vector{rig::exchange(1, WallTime(std::chrono::hours(1)))}));
    HistoryThread history(path);
    QVector<HistoryPage> pages;
    QThread* answeredOn = nullptr;
    connect(&history, &HistoryInterface::found, this, [&](const HistoryPage& page) {
        pages += page;
        answeredOn = QThread::currentThread();
    });
    history.find({1, {}, ~0ULL, 10});
    history.cancel();
    history.find({2, {}, ~0ULL, 10});
    QTRY_VERIFY(!pages.isEmpty() && pages.last().search == 2);
    QCOMPARE(answeredOn, QThread::currentThread());
    QCOMPARE(pages.last().records.size(), 1);
    QSignalSpy read(&history, &HistoryInterface::detailRead);
    history.readDetail(pages.last().records.first(), false);
    QTRY_COMPARE(read.size(), 1);
    QSignalSpy cleared(&history, &HistoryInterface::cleared);
    history.clear();
    QTRY_COMPARE(cleared.size(), 1);
    QCOMPARE(cleared.first().first().toString(), QString());
}

QTEST_GUILESS_MAIN(TestHistoryThread)
#include "tst_historythread.moc"
