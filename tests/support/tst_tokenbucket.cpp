// SPDX-License-Identifier: MIT
#include "core/support/tokenbucket.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestTokenBucket : public QObject {
    Q_OBJECT
private slots:
    /// How many of `asked` requests, one each `every`, a bucket lets through.
    void letsThrough_data() {
        QTest::addColumn<int>("requests");
        QTest::addColumn<int>("perMs");
        QTest::addColumn<int>("burst");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("everyMs");
        QTest::addColumn<int>("passed");
        QTest::newRow("a burst at once, and no more") << 60 << 60'000 << 20 << 100 << 0 << 20;
        QTest::newRow("one a second for sixty a minute") << 60 << 60'000 << 1 << 100 << 1000 << 100;
        QTest::newRow("half of two a second") << 60 << 60'000 << 1 << 100 << 500 << 50;
        QTest::newRow("the burst and what comes meanwhile")
            << 60 << 60'000 << 20 << 101 << 100 << 30;
        QTest::newRow("a third of a millisecond is not lost") << 3 << 1 << 1 << 3000 << 1 << 3000;
        QTest::newRow("seven in three seconds, for ten minutes")
            << 7 << 3000 << 7 << 600'001 << 1 << 7 + 1400;
    }
    void letsThrough() {
        QFETCH(const int, requests);
        QFETCH(const int, perMs);
        QFETCH(const int, burst);
        QFETCH(const int, asked);
        QFETCH(const int, everyMs);
        QFETCH(const int, passed);
        TokenBucket bucket({requests, std::chrono::milliseconds(perMs), burst});
        ManualClock clock;
        int taken = 0;
        for (int i = 0; i < asked; ++i) {
            if (bucket.waitAt(clock.now()) == 0ns) {
                bucket.take(clock.now());
                ++taken;
            }
            clock.advance(std::chrono::milliseconds(everyMs));
        }
        QCOMPARE(taken, passed);
    }

    void saysHowLong() {
        ManualClock clock;
        TokenBucket bucket({2, 10s, 2});
        QVERIFY(bucket.isFull(clock.now()));
        bucket.take(clock.now());
        QVERIFY(bucket.waitAt(clock.now()) == 0s);
        bucket.take(clock.now());
        QVERIFY(bucket.waitAt(clock.now()) == 5s);
        clock.advance(4s);
        QVERIFY(bucket.waitAt(clock.now()) == 1s);
        clock.advance(1s);
        QVERIFY(bucket.waitAt(clock.now()) == 0s);
        QVERIFY(!bucket.isFull(clock.now()));
        clock.advance(5s);
        QVERIFY(bucket.isFull(clock.now()));
    }

    void holdsNoMoreThanItsBurst() {
        ManualClock clock;
        TokenBucket bucket({1, 1s, 3});
        clock.advance(1h);
        for (int i = 0; i < 3; ++i)
            bucket.take(clock.now());
        QVERIFY(bucket.waitAt(clock.now()) == 1s);
    }
};

QTEST_GUILESS_MAIN(TestTokenBucket)
#include "tst_tokenbucket.moc"
