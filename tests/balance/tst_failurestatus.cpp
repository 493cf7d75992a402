// SPDX-License-Identifier: MIT
#include "core/balance/failurestatus.h"

#include <QTest>

using namespace sallyport;

class TestFailureStatus : public QObject {
    Q_OBJECT
private slots:
    void whatAStatusSaysOfItsTarget_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isFailure");
        QTest::addColumn<bool>("asksForPause");
        QTest::addColumn<bool>("asksForPauseWithTime");
        const auto row = [](const char* tag, int status, bool isFailure, bool pause, bool timed) {
            QTest::newRow(tag) << status << isFailure << pause << timed;
        };
        row("200", 200, false, false, false);
        row("404", 404, false, false, false);
        row("429", 429, false, true, true);
        row("500", 500, true, false, false);
        row("501 speaks of the request", 501, false, false, false);
        row("502", 502, true, false, false);
        row("503 with a Retry-After", 503, true, false, true);
        row("505 speaks of the request", 505, false, false, false);
        row("529", 529, true, true, true);
    }
    void whatAStatusSaysOfItsTarget() {
        QFETCH(int, status);
        QTEST(isFailureStatus(status), "isFailure");
        QTEST(asksForPause(status, false), "asksForPause");
        QTEST(asksForPause(status, true), "asksForPauseWithTime");
    }
};

QTEST_APPLESS_MAIN(TestFailureStatus)
#include "tst_failurestatus.moc"
