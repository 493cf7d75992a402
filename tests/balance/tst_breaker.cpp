// SPDX-License-Identifier: MIT
#include "core/balance/breaker.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

BreakerRules rules() {
    BreakerRules rules;
    rules.failures = 3;
    rules.errorRatePercent = 50;
    rules.window = 10s;
    rules.openFor = 5s;
    return rules;
}

const QString kReason = QStringLiteral("connection refused");

QByteArray nameOf(Breaker::State state) {
    switch (state) {
    case Breaker::State::Closed: return "closed";
    case Breaker::State::Open: return "open";
    case Breaker::State::HalfOpen: return "half-open";
    }
    Q_UNREACHABLE();
}

/// Plays words: `s` success, `f` failure, `a` the latest success was none, `b` a request begins
/// (the probe where it is half-open), `pf` the probe fails, `ps` it succeeds, `pa` it is abandoned,
/// a number: so many milliseconds pass.
class Player {
public:
    explicit Player(const std::optional<BreakerRules>& rules) { breaker.setRules(rules); }
    void play(const QByteArray& script) {
        for (const QByteArray& word : script.split(' '))
            step(word);
    }
    Breaker breaker;
    ManualClock clock;
    int probes = 0;

private:
    void step(const QByteArray& word) {
        const Monotonic now = clock.now();
        if (word == "s")
            breaker.succeeded(now);
        else if (word == "f")
            breaker.failed(now, kReason, false);
        else if (word == "a")
            breaker.amend(now, kReason);
        else if (word == "b")
            probes += breaker.begin(now) ? 1 : 0;
        else if (word == "pf")
            breaker.failed(now, kReason, true);
        else if (word == "ps")
            breaker.probeSucceeded();
        else if (word == "pa")
            breaker.probeAbandoned();
        else
            clock.advance(std::chrono::milliseconds(word.toInt()));
    }
};

} // namespace

class TestBreaker : public QObject {
    Q_OBJECT
private slots:
    void goesThroughItsStates_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<bool>("admits");
        const auto row = [](const char* tag, const char* script, const char* state, bool admits) {
            QTest::newRow(tag) << QByteArray(script) << QByteArray(state) << admits;
        };
        row("it is closed at first", "0", "closed", true);
        row("fewer failures than its number leave it closed", "f f", "closed", true);
        row("as many open it", "f f f", "open", false);
        row("successes before them do not count where the rate is reached", "s s s f f f", "open",
            false);
        row("a rate below leaves it closed", "s s s s f f f", "closed", true);
        row("and the failure that reaches it opens it", "s s s s f f f f", "open", false);
        row("failures older than the window are forgotten", "f f 11000 f", "closed", true);
        row("failures within the window are not", "f 4000 f 4000 f", "open", false);
        row("the window slides and does not jump", "f f 6000 f", "open", false);
        row("a success that was none is a failure", "s s s a a a", "open", false);
        row("and not one more request", "s s s s s s a a a", "open", false);
        row("it stays open for its time", "f f f 4999", "open", false);
        row("then it is half-open", "f f f 5000", "half-open", true);
        row("with its probe under way it lets no other through", "f f f 5000 b", "half-open",
            false);
        row("a probe that was abandoned makes room for the next", "f f f 5000 b pa", "half-open",
            true);
        row("a good probe closes it", "f f f 5000 b ps", "closed", true);
        row("with an empty window", "f f f 5000 b ps f f", "closed", true);
        row("a bad probe opens it again", "f f f 5000 b pf", "open", false);
        row("for its whole time", "f f f 5000 b pf 4999", "open", false);
        row("and then it is half-open again", "f f f 5000 b pf 5000", "half-open", true);
        row("ends of requests from before it opened change nothing", "f f f s s f f 5000",
            "half-open", true);
        row("nor do they while it is half-open", "f f f 5000 b f s", "half-open", false);
    }
    void goesThroughItsStates() {
        QFETCH(const QByteArray, script);
        Player player(rules());
        player.play(script);
        QTEST(nameOf(player.breaker.state(player.clock.now())), "state");
        QTEST(player.breaker.admits(player.clock.now()), "admits");
    }

    void saysWhyInWords() {
        Player player(rules());
        player.play("s s f f f");
        QCOMPARE(player.breaker.reason(),
                 QStringLiteral("3 of 5 requests failed within 10 s, the last one: connection "
                                "refused"));
        player.play("5000 b pf");
        QCOMPARE(player.breaker.reason(),
                 QStringLiteral("the request that tried it failed: connection refused"));
        player.play("5000 b ps");
        QCOMPARE(player.breaker.reason(), QString());
    }
    void saysWhenItLetsARequestThrough() {
        Player player(rules());
        player.play("f f f 2000");
        const Monotonic now = player.clock.now();
        QVERIFY(player.breaker.opensUpAt(now) == now + 3s);
        player.play("9000");
        QVERIFY(player.breaker.opensUpAt(player.clock.now()) == player.clock.now());
    }
    void hasOneProbeAtATime() {
        Player player(rules());
        player.play("b b f f f 5000 b");
        QCOMPARE(player.probes, 1);
    }
    void withoutRulesItNeverOpens() {
        Player player(std::nullopt);
        player.play("f f f f f f f f a a a");
        QVERIFY(player.breaker.admits(player.clock.now()));
    }
    void otherRulesCloseIt() {
        Player player(rules());
        player.play("f f f");
        player.breaker.setRules(rules());
        QVERIFY(!player.breaker.admits(player.clock.now()));
        BreakerRules other = rules();
        other.failures = 4;
        player.breaker.setRules(other);
        QVERIFY(player.breaker.admits(player.clock.now()));
    }
    void aWindowOfNearlyNothingDividesByNothing() {
        BreakerRules tiny = rules();
        tiny.window = 1ms;
        Player player(tiny);
        player.play("f f f");
        QCOMPARE(nameOf(player.breaker.state(player.clock.now())), QByteArray("open"));
    }
};

QTEST_GUILESS_MAIN(TestBreaker)
#include "tst_breaker.moc"
