// SPDX-License-Identifier: MIT
#include "core/support/bootclock.h"
#include "core/support/deadline.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

using namespace sallyport;
using namespace std::chrono_literals;

class TestDeadline : public QObject {
    Q_OBJECT

private slots:
    void expiresOnceWhenDue() {
        ManualClock clock;
        DeadlineQueue queue(clock);
        int calls = 0;
        Deadline deadline(queue, [&] { ++calls; });
        deadline.arm(100ms);
        QVERIFY(deadline.isArmed());
        clock.advance(99ms);
        queue.expireDue();
        QCOMPARE(calls, 0);
        clock.advance(1ms);
        queue.expireDue();
        QCOMPARE(calls, 1);
        QVERIFY(!deadline.isArmed());
        clock.advance(1s);
        queue.expireDue();
        QCOMPARE(calls, 1);
    }

    void afterASuspendTheTimerOfBeforeHoldsNothingUp() {
        ManualClock clock; // goes on while the timer of the queue does not
        DeadlineQueue queue(clock);
        int calls = 0;
        Deadline before(queue, [] {});
        Deadline after(queue, [&] { ++calls; });
        before.arm(60s);
        clock.advance(10h);
        queue.expireDue();
        QVERIFY(!before.isArmed());
        after.arm(10ms);
        clock.advance(20ms);
        QTRY_COMPARE(calls, 1);
    }

    void theClockThatGoesOnInASuspendIsNeverBehind() {
        const Monotonic steady = SystemClock().now();
        QVERIFY(BootClock().now() >= steady);
    }

    void isMoved_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("then");
        QTest::addColumn<int>("due");
        QTest::newRow("further away") << 100 << 300 << 300;
        QTest::newRow("nearer") << 300 << 100 << 100;
        QTest::newRow("to the same moment") << 100 << 100 << 100;
        QTest::newRow("zero disarms") << 100 << 0 << -1;
        QTest::newRow("less than zero disarms") << 100 << -5 << -1;
    }
    void isMoved() {
        QFETCH(int, first);
        QFETCH(int, then);
        QFETCH(int, due);
        ManualClock clock;
        DeadlineQueue queue(clock);
        int calls = 0;
        Deadline deadline(queue, [&] { ++calls; });
        deadline.arm(std::chrono::milliseconds(first));
        deadline.arm(std::chrono::milliseconds(then));
        for (int at = 1; at <= 500; ++at) {
            clock.advance(1ms);
            queue.expireDue();
            QCOMPARE(calls, due > 0 && at >= due ? 1 : 0);
        }
    }

    void comeInTheOrderOfTheirMoments() {
        ManualClock clock;
        DeadlineQueue queue(clock);
        std::vector<int> order;
        std::vector<std::unique_ptr<Deadline>> deadlines;
        for (const int after : {30, 10, 20}) {
            deadlines.push_back(
                std::make_unique<Deadline>(queue, [&order, after] { order.push_back(after); }));
            deadlines.back()->arm(std::chrono::milliseconds(after));
        }
        clock.advance(1s);
        queue.expireDue();
        QCOMPARE(order, std::vector<int>({10, 20, 30}));
    }

    void mayBeArmedAgainInItsCall() {
        ManualClock clock;
        DeadlineQueue queue(clock);
        int calls = 0;
        std::unique_ptr<Deadline> deadline;
        deadline = std::make_unique<Deadline>(queue, [&] {
            ++calls;
            deadline->arm(10ms);
        });
        deadline->arm(10ms);
        for (int i = 0; i < 5; ++i) {
            clock.advance(10ms);
            queue.expireDue();
        }
        QCOMPARE(calls, 5);
    }

    void anyMayBeDestroyedInACall() {
        ManualClock clock;
        DeadlineQueue queue(clock);
        std::vector<std::unique_ptr<Deadline>> deadlines(3);
        int calls = 0;
        for (auto& deadline : deadlines) {
            deadline = std::make_unique<Deadline>(queue, [&] {
                ++calls;
                deadlines.clear(); // itself and the others that are due
            });
            deadline->arm(10ms);
        }
        clock.advance(1s);
        queue.expireDue();
        QCOMPARE(calls, 1);
    }

    void mayBeDestroyedAfterItsQueue() {
        const SystemClock clock;
        auto queue = std::make_unique<DeadlineQueue>(clock);
        Deadline deadline(*queue, [] {});
        deadline.arm(1h);
        queue.reset();
    }

    void theEventLoopLetsItExpire() {
        const SystemClock clock;
        DeadlineQueue queue(clock);
        QElapsedTimer timer;
        timer.start();
        qint64 took = -1;
        Deadline late(queue, [] {});
        late.arm(1h);
        Deadline deadline(queue, [&] { took = timer.elapsed(); });
        deadline.arm(60ms);
        QTRY_VERIFY(took >= 0);
        QVERIFY2(took >= 59, qPrintable(QString::number(took)));
    }
};

QTEST_GUILESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
