// SPDX-License-Identifier: MIT
#include "core/upstream/retryafter.h"

#include <QTest>

using namespace sallyport;

class TestRetryAfter : public QObject {
    Q_OBJECT
private slots:
    void reads_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("milliseconds"); // -1: nothing
        QTest::newRow("seconds") << QByteArray("120") << qint64{120'000};
        QTest::newRow("no second is no pause") << QByteArray("0") << qint64{-1};
        QTest::newRow("more digits than time has") << QByteArray("12345678901") << qint64{-1};
        QTest::newRow("a sign is no digit") << QByteArray("-5") << qint64{-1};
        QTest::newRow("a fraction is none") << QByteArray("1.5") << qint64{-1};
        // 784111777 s after the epoch, the date of RFC 9110 5.6.7.
        QTest::newRow("a date") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << qint64{10'000};
        QTest::newRow("a date in the past")
            << QByteArray("Sun, 06 Nov 1994 08:49:00 GMT") << qint64{-1};
        QTest::newRow("a date of another form")
            << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << qint64{-1};
        QTest::newRow("words") << QByteArray("soon") << qint64{-1};
        QTest::newRow("nothing") << QByteArray("") << qint64{-1};
    }
    void reads() {
        QFETCH(const QByteArray, value);
        QFETCH(const qint64, milliseconds);
        ResponseHead head;
        head.fields.append("Retry-After", value);
        const WallTime now{std::chrono::seconds(784111777 - 10)};
        const auto pause = retryAfter(head, now);
        QCOMPARE(pause ? qint64{pause->count()} : qint64{-1}, milliseconds);
    }
    void aResponseWithoutItAsksForNone() { QVERIFY(!retryAfter({}, {})); }
};

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retryafter.moc"
