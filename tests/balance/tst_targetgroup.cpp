// SPDX-License-Identifier: MIT
#include "core/balance/targetgroup.h"

#include <QTest>

#include <map>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

const QString kWhy = QStringLiteral("connection refused");

std::vector<TargetSpec> specs(const std::vector<int>& weights) {
    std::vector<TargetSpec> out;
    for (std::size_t i = 0; i < weights.size(); ++i)
        out.push_back({QChar(char16_t(u'a' + i)) + QStringLiteral(":80"), weights[i]});
    return out;
}

BalanceRules rulesOf(BalancePolicy policy, bool hasBreaker = false) {
    BalanceRules rules;
    rules.policy = policy;
    if (hasBreaker) {
        BreakerRules breaker;
        breaker.failures = 1;
        breaker.openFor = 20s;
        rules.breaker = breaker;
    }
    return rules;
}

struct Bench {
    explicit Bench(const std::vector<int>& weights, BalancePolicy policy = BalancePolicy::Failover,
                   bool hasBreaker = false)
        : group(specs(weights), rulesOf(policy, hasBreaker)) {}
    [[nodiscard]] std::variant<TargetLease, NoTarget> choose(const TargetQuery& query = {}) {
        return group.choose(query, clock.now());
    }
    /// The letter of the target that is chosen, whose request ends at once; `-`: none.
    char pick(const TargetQuery& query = {}) {
        auto choice = choose(query);
        auto* lease = std::get_if<TargetLease>(&choice);
        if (!lease) return '-';
        lease->responded(clock.now(), 200, std::nullopt);
        lease->completed(clock.now());
        return letterOf(*lease);
    }
    QByteArray picks(int count, const TargetQuery& query = {}) {
        QByteArray out;
        for (int i = 0; i < count; ++i)
            out.append(pick(query));
        return out;
    }
    /// A request to that target fails before it is connected.
    void refuse(char letter) {
        TargetQuery only;
        const QByteArray name = QByteArray(1, letter) + ":80";
        only.wanted = name;
        auto choice = choose(only);
        std::get<TargetLease>(choice).connectFailed(clock.now(), kWhy);
    }
    static char letterOf(const TargetLease& lease) {
        return static_cast<char>('a' + static_cast<int>(lease.target()));
    }
    ManualClock clock;
    TargetGroup group;
};

TargetQuery inSession(QByteArrayView session) {
    TargetQuery query;
    query.session = session;
    return query;
}

} // namespace

class TestTargetGroup : public QObject {
    Q_OBJECT
private slots:
    void failoverTakesTheFirstThatCan() {
        Bench b({1, 1, 1});
        QCOMPARE(b.picks(3), QByteArray("aaa"));
        b.refuse('a');
        QCOMPARE(b.picks(3), QByteArray("bbb"));
        b.refuse('b');
        QCOMPARE(b.picks(2), QByteArray("cc"));
        b.clock.advance(TargetAvailability::kUnreachableFor);
        QCOMPARE(b.picks(2), QByteArray("aa"));
    }
    void aTargetThatHadItsTurnIsNotAskedAgain() {
        Bench b({1, 1});
        TargetQuery tried;
        tried.tried = 1;
        QCOMPARE(b.pick(tried), 'b');
        tried.tried = 3;
        QCOMPARE(b.pick(tried), '-');
        QVERIFY(!b.group.hasOther(tried, b.clock.now()));
    }

    void roundRobinIsSmooth_data() {
        QTest::addColumn<std::vector<int>>("weights");
        QTest::addColumn<QByteArray>("picks");
        QTest::newRow("of equal weights each in turn")
            << std::vector<int>{1, 1, 1} << QByteArray("abcabc");
        QTest::newRow("the heavy one is spread")
            << std::vector<int>{5, 1, 1} << QByteArray("aabacaa");
        QTest::newRow("two to one") << std::vector<int>{2, 1} << QByteArray("abaaba");
    }
    void roundRobinIsSmooth() {
        QFETCH(const std::vector<int>, weights);
        QFETCH(const QByteArray, picks);
        Bench b(weights, BalancePolicy::RoundRobin);
        QCOMPARE(b.picks(static_cast<int>(picks.size())), picks);
    }
    void theRestShareByWeightWhileOneIsAway() {
        Bench b({4, 3, 2, 1}, BalancePolicy::RoundRobin);
        std::map<char, int> counts;
        for (int i = 0; i < 6000; ++i) {
            // The third one fails and comes back all the time.
            if (i % 100 == 0) b.refuse('c');
            b.clock.advance(200ms);
            ++counts[b.pick()];
        }
        const double perWeight = counts['a'] / 4.0;
        QVERIFY2(qAbs(counts['b'] / 3.0 - perWeight) < perWeight * 0.02,
                 qPrintable(QString::number(counts['b'])));
        QVERIFY2(qAbs(counts['d'] / 1.0 - perWeight) < perWeight * 0.02,
                 qPrintable(QString::number(counts['d'])));
        QVERIFY(counts['c'] > 0 && counts['c'] / 2.0 < perWeight);
    }
    void leastActiveCountsWhatIsUnderWay() {
        Bench b({1, 1, 2}, BalancePolicy::LeastActive);
        std::vector<TargetLease> held;
        QByteArray picks;
        for (int i = 0; i < 8; ++i) {
            auto choice = b.choose();
            held.push_back(std::get<TargetLease>(std::move(choice)));
            picks.append(Bench::letterOf(held.back()));
        }
        QCOMPARE(picks.count('a'), 2);
        QCOMPARE(picks.count('b'), 2);
        QCOMPARE(picks.count('c'), 4);
        std::erase_if(held, [](const TargetLease& each) { return each.target() == 0; });
        QCOMPARE(b.pick(), 'a');
    }
    void leastActiveTakesTurnsWhereNothingIsUnderWay() {
        Bench b({1, 1}, BalancePolicy::LeastActive);
        QCOMPARE(b.picks(4), QByteArray("abab"));
    }

    void aSessionStaysWhereItsCacheIs() {
        Bench b({1, 1, 1}, BalancePolicy::RoundRobin);
        QCOMPARE(b.picks(3, inSession("one")), QByteArray("aaa"));
        QCOMPARE(b.picks(3, inSession("two")), QByteArray("bbb"));
        QCOMPARE(b.picks(3, inSession("one")), QByteArray("aaa"));
        b.refuse('a');
        // Its cache is at the new one from now on.
        const char moved = b.pick(inSession("one"));
        QVERIFY(moved == 'b' || moved == 'c');
        b.clock.advance(TargetAvailability::kUnreachableFor);
        QCOMPARE(b.picks(3, inSession("one")), QByteArray(3, moved));
    }
    void underFailoverTheOrderDecidesForAll() {
        Bench b({1, 1});
        b.refuse('a');
        QCOMPARE(b.pick(inSession("one")), 'b');
        b.clock.advance(TargetAvailability::kUnreachableFor);
        QCOMPARE(b.pick(inSession("one")), 'a');
    }
    void aPinnedSessionGoesNowhereElse() {
        Bench b({1, 1});
        QVERIFY(b.group.pinSession("one", "b:80"));
        QVERIFY(!b.group.pinSession("one", "x:80"));
        QCOMPARE(b.picks(2, inSession("one")), QByteArray("bb"));
        QCOMPARE(b.pick(inSession("two")), 'a');
        TargetQuery tried = inSession("one");
        tried.tried = 2;
        QCOMPARE(b.pick(tried), '-');
        QVERIFY(b.group.pinSession("one", {}));
        QCOMPARE(b.pick(inSession("one")), 'a');
    }
    void aWantedTargetIsTheOnlyOne() {
        Bench b({1, 1}, BalancePolicy::Failover, true);
        TargetQuery wants;
        wants.wanted = "b:80";
        QCOMPARE(b.pick(wants), 'b');
        b.refuse('b');
        QCOMPARE(b.pick(wants), '-');
        wants.wanted = "nobody:80";
        const auto choice = b.choose(wants);
        const auto* none = std::get_if<NoTarget>(&choice);
        QVERIFY(none && none->isNameUnknown);
        QCOMPARE(none->reason, QStringLiteral("a:80, b:80"));
    }

    void whereAllAreUnreachableTheFirstToEndIsAsked() {
        Bench b({1, 1});
        b.refuse('b');
        b.clock.advance(1s);
        b.refuse('a');
        QCOMPARE(b.pick(), 'b');
        QVERIFY(!b.group.unavailable(b.clock.now()));
    }
    void aTargetThatCoolsIsAskedLast() {
        Bench b({1, 1});
        auto choice = b.choose();
        std::get<TargetLease>(choice).responded(b.clock.now(), 429, 30s);
        QCOMPARE(b.picks(2), QByteArray("bb"));
        b.clock.advance(30s);
        QCOMPARE(b.pick(), 'a');
    }
    void withEveryBreakerOpenItSaysWhyAndWhen() {
        Bench b({1, 1}, BalancePolicy::Failover, true);
        b.refuse('a');
        b.clock.advance(4500ms);
        b.refuse('b');
        const auto choice = b.choose();
        const auto* none = std::get_if<NoTarget>(&choice);
        QVERIFY(none);
        QCOMPARE(none->wait, 16s);
        QCOMPARE(none->reason,
                 QStringLiteral("a:80: 1 of 1 requests failed within 30 s, the last one: "
                                "connection refused; b:80: 1 of 1 requests failed within 30 s, "
                                "the last one: connection refused"));
        QVERIFY(b.group.unavailable(b.clock.now()));
        b.clock.advance(16s);
        QVERIFY(!b.group.unavailable(b.clock.now()));
        QCOMPARE(b.pick(), 'a');
    }
    void outByProbesItGetsNoRequest() {
        BalanceRules rules;
        HealthRules health;
        health.every = 2500ms;
        health.fall = 1;
        health.rise = 1;
        rules.health = health;
        ManualClock clock;
        TargetGroup group(specs({1}), rules);
        group.probeFailed(0, QStringLiteral("status 500"), clock.now());
        const auto none = group.unavailable(clock.now());
        QVERIFY(none);
        QCOMPARE(none->wait, 3s);
        group.probeSucceeded(0, clock.now());
        QVERIFY(!group.unavailable(clock.now()));
    }
    void withoutTargetsItSaysSo() {
        Bench b({});
        const auto choice = b.choose();
        QCOMPARE(std::get<NoTarget>(choice).reason, QStringLiteral("the upstream has no target"));
    }

    void aLaterGroupKeepsWhatIsKnownOfTheSameTargets() {
        Bench b({1, 1, 1}, BalancePolicy::RoundRobin, true);
        auto choice = b.choose(inSession("one"));
        const TargetLease held = std::get<TargetLease>(std::move(choice));
        QCOMPARE(Bench::letterOf(held), 'a');
        b.refuse('b');
        TargetGroup later({{QStringLiteral("b:80"), 7}, {QStringLiteral("a:80"), 2}},
                          rulesOf(BalancePolicy::RoundRobin, true), &b.group);
        const auto statuses = later.statuses(b.clock.now());
        QCOMPARE(statuses[0].condition, TargetCondition::BreakerOpen);
        QCOMPARE(statuses[1].active, 1);
        auto again = later.choose(inSession("one"), b.clock.now());
        QCOMPARE(std::get<TargetLease>(again).target(), std::size_t{1});
    }
    void tellsChangesOfItsTargets() {
        Bench b({1, 1}, BalancePolicy::Failover, true);
        QStringList told;
        b.group.setChangedCallback([&](const TargetStatus& status) {
            told << status.name + u' ' +
                        QString::fromLatin1(wordOf(status.condition).toByteArray()) + u' ' +
                        status.reason;
        });
        b.refuse('b');
        QCOMPARE(told, QStringList{QStringLiteral("b:80 breaker_open 1 of 1 requests failed within "
                                                  "30 s, the last one: connection refused")});
    }
};

QTEST_GUILESS_MAIN(TestTargetGroup)
#include "tst_targetgroup.moc"
