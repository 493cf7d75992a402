// SPDX-License-Identifier: MIT
#include "core/balance/targetlease.h"
#include "core/balance/targetstate.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

struct Bench {
    Bench() {
        BreakerRules rules;
        rules.failures = 1;
        rules.errorRatePercent = 100;
        rules.openFor = 5s;
        state->breaker.setRules(rules);
        state->changed = [this](const TargetStatus& status) {
            told << wordOf(status.condition).toByteArray();
        };
    }
    [[nodiscard]] TargetLease lease() { return {state, 0, clock.now()}; }
    [[nodiscard]] QByteArray condition() const {
        return wordOf(state->status(clock.now()).condition).toByteArray();
    }
    ManualClock clock;
    std::shared_ptr<TargetState> state = std::make_shared<TargetState>(QStringLiteral("a:80"));
    QByteArrayList told;
};

} // namespace

class TestTargetLease : public QObject {
    Q_OBJECT
private slots:
    void countsAsActiveUntilItsEnd() {
        Bench b;
        {
            const TargetLease first = b.lease();
            TargetLease second = b.lease();
            QCOMPARE(b.state->active, 2);
            second.completed(b.clock.now());
            QCOMPARE(b.state->active, 1);
            TargetLease moved = std::move(second);
            moved.completed(b.clock.now());
            QCOMPARE(b.state->active, 1);
        }
        QCOMPARE(b.state->active, 0);
    }
    void anotherTurnEndsTheOneBefore() {
        Bench b;
        TargetLease lease = b.lease();
        lease = b.lease();
        QCOMPARE(b.state->active, 1);
    }

    void judgesAStatus_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("pause");
        QTest::addColumn<QByteArray>("condition");
        const auto row = [](const char* tag, int status, int pause, const char* condition) {
            QTest::newRow(tag) << status << pause << QByteArray(condition);
        };
        row("a good one", 200, 0, "up");
        row("what the client did wrong", 400, 0, "up");
        row("too many requests cool", 429, 0, "cooling");
        row("overloaded is a failure as well", 529, 0, "breaker_open");
        row("unavailable fails", 503, 0, "breaker_open");
        row("a method that is not there says nothing of the target", 501, 0, "up");
        row("a version that is not spoken says nothing either", 505, 0, "up");
        row("a bad gateway fails", 502, 0, "breaker_open");
        row("a pause for a good one is none", 200, 5, "up");
    }
    void judgesAStatus() {
        QFETCH(const int, status);
        QFETCH(const int, pause);
        Bench b;
        TargetLease lease = b.lease();
        lease.responded(b.clock.now(), status,
                        pause > 0 ? std::optional(pause * 1000ms) : std::nullopt);
        lease.completed(b.clock.now());
        QTEST(b.condition(), "condition");
    }
    void overloadedCoolsForAsLongAsItSays() {
        Bench b;
        b.state->breaker.setRules(std::nullopt);
        TargetLease lease = b.lease();
        lease.responded(b.clock.now(), 503, 7s);
        b.clock.advance(6999ms);
        QCOMPARE(b.condition(), QByteArray("cooling"));
        b.clock.advance(1ms);
        QCOMPARE(b.condition(), QByteArray("up"));
    }
    void aFailureIsCountedOnce() {
        Bench b;
        BreakerRules two;
        two.failures = 2;
        two.errorRatePercent = 1;
        b.state->breaker.setRules(two);
        TargetLease lease = b.lease();
        lease.responded(b.clock.now(), 500, std::nullopt);
        lease.failed(b.clock.now(), QStringLiteral("and broke in the middle"));
        QCOMPARE(b.condition(), QByteArray("up"));
    }
    void aClientThatLeavesSaysNothing() {
        Bench b;
        { const TargetLease lease = b.lease(); }
        QCOMPARE(b.condition(), QByteArray("up"));
    }
    void aStreamThatBrokeInTheMiddleIsAFailure() {
        Bench b;
        TargetLease lease = b.lease();
        lease.responded(b.clock.now(), 200, std::nullopt);
        lease.failed(b.clock.now(), QStringLiteral("the connection ended in mid-response"));
        QCOMPARE(b.condition(), QByteArray("breaker_open"));
    }
    void andSoIsOneThatSaysSoInItsContent() {
        Bench b;
        TargetLease lease = b.lease();
        lease.responded(b.clock.now(), 200, std::nullopt);
        lease.completed(b.clock.now());
        QCOMPARE(b.condition(), QByteArray("up"));
        lease.amend(b.clock.now(), QStringLiteral("the stream ended without message_stop"));
        QCOMPARE(b.condition(), QByteArray("breaker_open"));
    }
    void tellsEachChangeOnce() {
        Bench b;
        b.lease().failed(b.clock.now(), QStringLiteral("reset"));
        b.clock.advance(5s);
        TargetLease probe = b.lease();
        probe.responded(b.clock.now(), 200, std::nullopt);
        probe.completed(b.clock.now());
        QCOMPARE(b.told, (QByteArrayList{"breaker_open", "half_open", "up"}));
    }
    void aProbeWhoseClientLeavesMakesRoomForTheNext() {
        Bench b;
        b.lease().failed(b.clock.now(), QStringLiteral("reset"));
        b.clock.advance(5s);
        {
            const TargetLease probe = b.lease();
            QVERIFY(!b.state->canTake(b.clock.now()));
        }
        QVERIFY(b.state->canTake(b.clock.now()));
    }
    void aTrialWhoseClientLeavesMakesRoomForTheNext() {
        Bench b;
        b.state->breaker.setRules(std::nullopt);
        b.lease().connectFailed(b.clock.now(), QStringLiteral("refused"));
        QCOMPARE(b.condition(), QByteArray("unreachable"));
        b.clock.advance(TargetAvailability::kUnreachableFor);
        {
            const TargetLease trial = b.lease();
            QCOMPARE(b.condition(), QByteArray("unreachable"));
        }
        QCOMPARE(b.condition(), QByteArray("up"));
        b.lease().connectWorked();
        QCOMPARE(b.condition(), QByteArray("up"));
    }
};

QTEST_GUILESS_MAIN(TestTargetLease)
#include "tst_targetlease.moc"
