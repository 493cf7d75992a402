// SPDX-License-Identifier: MIT
#include "core/observe/failedexchange.h"

#include <QTest>

using namespace sallyport;

class TestFailedExchange : public QObject {
    Q_OBJECT
private slots:
    void aFailureIsWhatPeopleWouldCallOne_data();
    void aFailureIsWhatPeopleWouldCallOne();
};

void TestFailedExchange::aFailureIsWhatPeopleWouldCallOne_data() {
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isFailed");
    const auto row = [](const char* tag, ExchangeEnd end, int status, bool isFailed) {
        QTest::newRow(tag) << static_cast<int>(end) << status << isFailed;
    };
    row("a whole response with 200 is none", ExchangeEnd::Complete, 200, false);
    row("a whole response with 302 is none", ExchangeEnd::Complete, 302, false);
    row("a whole response with 404 is one", ExchangeEnd::Complete, 404, true);
    row("a refusal of ours is one", ExchangeEnd::Refused, 401, true);
    row("a cut response is one, whatever its status", ExchangeEnd::Truncated, 200, true);
    row("a stalled response is one", ExchangeEnd::Stalled, 200, true);
    row("no response is one", ExchangeEnd::UpstreamError, 0, true);
    row("a client that went away is none", ExchangeEnd::ClientGone, 200, false);
    row("one that runs is none", ExchangeEnd::Running, 0, false);
}

void TestFailedExchange::aFailureIsWhatPeopleWouldCallOne() {
    QFETCH(int, end);
    QFETCH(int, status);
    ExchangeRecord record;
    record.end = static_cast<ExchangeEnd>(end);
    record.status = status;
    QTEST(isFailed(record), "isFailed");
}

QTEST_APPLESS_MAIN(TestFailedExchange)
#include "tst_failedexchange.moc"
