// SPDX-License-Identifier: MIT
#include "core/engine/logsettings.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

class TestLogSettings : public QObject {
    Q_OBJECT
private slots:
    void whatIsKeptForWhom_data() {
        QTest::addColumn<bool>("hasWindow");
        QTest::addColumn<bool>("hasHistory");
        QTest::addColumn<bool>("capturesBodies");
        QTest::addColumn<bool>("keepsFields");
        QTest::addColumn<bool>("keepsBodies");
        QTest::newRow("nobody looks") << false << false << true << false << false;
        QTest::newRow("a window") << true << false << true << true << true;
        QTest::newRow("a history") << false << true << true << true << true;
        QTest::newRow("a window, no bodies wanted") << true << false << false << true << false;
        QTest::newRow("a history, no bodies wanted") << false << true << false << true << false;
    }
    void whatIsKeptForWhom() {
        QFETCH(bool, hasWindow);
        QFETCH(bool, hasHistory);
        QFETCH(bool, capturesBodies);
        Settings settings;
        settings.history.isEnabled = hasHistory;
        settings.captureBodies = capturesBodies;
        const ExchangeLogLimits limits = logLimits(hasWindow, false, settings);
        QTEST(limits.keepsFields, "keepsFields");
        QTEST(limits.keepsBodies, "keepsBodies");
    }
    void aHistoryWithoutBodiesAsksForNone() {
        Settings settings;
        settings.history.bodies = 0ms;
        QVERIFY(!logLimits(false, false, settings).keepsBodies);
        QVERIFY(historyLimits(settings).isEnabled);
        QCOMPARE(historyLimits(settings).bodies, 0ms);
    }
    void contentsAreAskedForWhereNobodyReadsThem() {
        QVERIFY(logLimits(false, false, {}).isAsked);
        QVERIFY(!logLimits(false, true, {}).isAsked);
        QVERIFY(!logLimits(true, false, {}).isAsked);
    }
    void fewRecordsAreKeptWhereNobodyReadsThem() {
        QVERIFY(logLimits(false, false, {}).records < 100);
        QVERIFY(logLimits(false, true, {}).records > 1000);
        QVERIFY(logLimits(true, false, {}).records > 1000);
    }
};

QTEST_APPLESS_MAIN(TestLogSettings)
#include "tst_logsettings.moc"
