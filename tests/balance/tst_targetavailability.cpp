// SPDX-License-Identifier: MIT
#include "core/balance/targetavailability.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

const QString kWhy = QStringLiteral("connection refused");

TargetAvailability probed() {
    TargetAvailability marks;
    HealthRules health;
    health.fall = 3;
    health.rise = 2;
    marks.setRules(health);
    return marks;
}

} // namespace

class TestTargetAvailability : public QObject {
    Q_OBJECT
private slots:
    void probesTakeATargetOutAndBringItBack_data() {
        QTest::addColumn<QByteArray>("probes"); // + good, - bad
        QTest::addColumn<bool>("isDown");
        QTest::newRow("at first it is taken for well") << QByteArray() << false;
        QTest::newRow("fewer failures than fall") << QByteArray("--") << false;
        QTest::newRow("as many as fall") << QByteArray("---") << true;
        QTest::newRow("only in a row") << QByteArray("--+--") << false;
        QTest::newRow("fewer good ones than rise") << QByteArray("---+") << true;
        QTest::newRow("as many as rise") << QByteArray("---++") << false;
        QTest::newRow("those in a row as well") << QByteArray("---+-+") << true;
    }
    void probesTakeATargetOutAndBringItBack() {
        QFETCH(const QByteArray, probes);
        TargetAvailability marks = probed();
        for (const char each : probes)
            if (each == '+')
                marks.probeSucceeded();
            else
                marks.probeFailed(kWhy);
        QTEST(marks.isDown(), "isDown");
    }
    void saysWhyItIsDown() {
        TargetAvailability marks = probed();
        for (int i = 0; i < 3; ++i)
            marks.probeFailed(QStringLiteral("status 500"));
        QCOMPARE(marks.reason(Monotonic{}),
                 QStringLiteral("3 health probes failed in a row, the last one: status 500"));
    }
    void withoutRulesNothingIsDown() {
        TargetAvailability marks = probed();
        for (int i = 0; i < 3; ++i)
            marks.probeFailed(kWhy);
        marks.setRules(std::nullopt);
        QVERIFY(!marks.isDown());
    }

    void aFailedConnectionMarksForATime() {
        ManualClock clock;
        TargetAvailability marks;
        marks.connectFailed(clock.now(), kWhy);
        clock.advance(TargetAvailability::kUnreachableFor - 1ms);
        QVERIFY(marks.isUnreachable(clock.now()));
        QCOMPARE(marks.reason(clock.now()), kWhy);
        clock.advance(1ms);
        QVERIFY(!marks.isUnreachable(clock.now()));
        QCOMPARE(marks.reason(clock.now()), QString());
    }
    void thenOneRequestTriesItAlone() {
        ManualClock clock;
        TargetAvailability marks;
        marks.connectFailed(clock.now(), kWhy);
        QVERIFY(!marks.begin(clock.now()));
        clock.advance(TargetAvailability::kUnreachableFor);
        QVERIFY(marks.begin(clock.now()));
        QVERIFY(marks.isUnreachable(clock.now()));
        QVERIFY(!marks.begin(clock.now()));
        marks.trialAbandoned();
        QVERIFY(marks.begin(clock.now()));
        marks.connectWorked();
        QVERIFY(!marks.isUnreachable(clock.now()));
        QVERIFY(!marks.begin(clock.now()));
    }
    void aGoodProbeEndsTheMark() {
        ManualClock clock;
        TargetAvailability marks = probed();
        marks.connectFailed(clock.now(), kWhy);
        marks.probeSucceeded();
        QVERIFY(!marks.isUnreachable(clock.now()));
    }

    void coolsForAsLongAsItIsAsked_data() {
        QTest::addColumn<int>("asked"); // seconds; -1: none
        QTest::addColumn<int>("cools");
        QTest::newRow("as asked") << 30 << 30;
        QTest::newRow("not asked: a usual time") << -1 << 5;
        QTest::newRow("a day is not believed") << 86400 << 600;
    }
    void coolsForAsLongAsItIsAsked() {
        QFETCH(const int, asked);
        QFETCH(const int, cools);
        ManualClock clock;
        TargetAvailability marks;
        const auto wish = asked < 0 ? std::nullopt : std::optional(asked * 1000ms);
        marks.cool(clock.now(), wish, QStringLiteral("status 429"));
        clock.advance(std::chrono::seconds(cools) - 1ms);
        QVERIFY(marks.isCooling(clock.now()));
        QCOMPARE(marks.reason(clock.now()), QStringLiteral("status 429"));
        clock.advance(1ms);
        QVERIFY(!marks.isCooling(clock.now()));
    }
    void aShorterWishDoesNotEndALongerOne() {
        ManualClock clock;
        TargetAvailability marks;
        marks.cool(clock.now(), 60s, QStringLiteral("first"));
        marks.cool(clock.now(), 1s, QStringLiteral("second"));
        clock.advance(59s);
        QVERIFY(marks.isCooling(clock.now()));
        QCOMPARE(marks.reason(clock.now()), QStringLiteral("first"));
    }
};

QTEST_GUILESS_MAIN(TestTargetAvailability)
#include "tst_targetavailability.moc"
