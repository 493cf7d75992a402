// SPDX-License-Identifier: MIT
#include "core/proxy/keepalivecomments.h"

#include <QTest>

using namespace sallyport;
using std::chrono::seconds;

class TestKeepaliveComments : public QObject {
    Q_OBJECT
private slots:
    void dueAfterEachSilenceBetweenTwoEvents() {
        ManualClock clock;
        DeadlineQueue deadlines(clock);
        int due = 0;
        KeepaliveComments comments(deadlines, seconds(15), [&due] { ++due; });
        const auto pass = [&](seconds time) {
            clock.advance(time);
            deadlines.expireDue();
        };
        pass(seconds(60));
        QCOMPARE(due, 0); // before the first bytes
        comments.contentPassed("\xef\xbb\xbf");
        pass(seconds(16));
        QCOMPARE(due, 0); // inside a line
        comments.contentPassed("data: 1\n\n");
        pass(seconds(14));
        QCOMPARE(due, 0); // not yet
        pass(seconds(2));
        QCOMPARE(due, 1);
        pass(seconds(16));
        QCOMPARE(due, 2);
        comments.contentPassed("data: 2\n");
        pass(seconds(16));
        QCOMPARE(due, 2); // inside an event
    }
};

QTEST_GUILESS_MAIN(TestKeepaliveComments)
#include "tst_keepalivecomments.moc"
