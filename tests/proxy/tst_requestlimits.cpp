// SPDX-License-Identifier: MIT
#include "core/proxy/requestlimits.h"

#include "core/proxy/inflightplaces.h"
#include "tests/support/errornames.h"

#include <QTest>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

class Waiter final : public PlaceWaiter {
public:
    int granted = 0;
    int refused = 0;
    std::unique_ptr<InFlightPlaces::Place> place;

private:
    void placeGranted() override { ++granted; }
    void placeRefused() override {
        ++refused;
        place.reset();
    }
};

Route route(std::optional<Rate> rate, std::optional<InFlightLimit> inFlight = {}) {
    Route out;
    out.name = QStringLiteral("r");
    out.rate = rate;
    out.inFlight = inFlight;
    return out;
}

NamedClient client(const char* name) {
    NamedClient out;
    out.config.name = QString::fromLatin1(name);
    return out;
}

} // namespace

class TestRequestLimits : public QObject {
    Q_OBJECT
private slots:
    void bucketsOfRouteAndClient() {
        RequestLimits limits(m_tasks, m_deadlines);
        const Route limited = route(Rate{1, 60s, 1});
        const NamedClient ada = client("ada");
        QVERIFY(!limits.admit({&limited, nullptr, {}}));
        QVERIFY(!limits.admit({&limited, &ada, {}}));
        const auto refused = limits.admit({&limited, &ada, {}});
        QVERIFY(refused.has_value());
        QCOMPARE(refused->code, ErrorCode::RateLimited);
        QCOMPARE(refused->retryAfter, 60);
        m_clock.advance(59'500ms);
        QCOMPARE(limits.admit({&limited, &ada, {}})->retryAfter, 1);
        m_clock.advance(500ms);
        QVERIFY(!limits.admit({&limited, &ada, {}}));
    }

    /// Where one bucket is empty the other one loses nothing.
    void bothOrNone() {
        RequestLimits limits(m_tasks, m_deadlines);
        const Route limited = route(Rate{1, 60s, 1});
        const Route open = route({});
        NamedClient ada = client("ada");
        ada.config.rate = Rate{2, 60s, 2};
        QVERIFY(!limits.admit({&limited, &ada, {}}));
        QVERIFY(limits.admit({&limited, &ada, {}}));
        QVERIFY(limits.admit({&limited, &ada, {}}));
        QVERIFY(!limits.admit({&open, &ada, {}}));
        QVERIFY(limits.admit({&open, &ada, {}}));
    }

    void anotherRateBeginsAnew() {
        RequestLimits limits(m_tasks, m_deadlines);
        const Route before = route(Rate{1, 60s, 1});
        const Route after = route(Rate{2, 60s, 2});
        QVERIFY(!limits.admit({&before, nullptr, {}}));
        QVERIFY(limits.admit({&before, nullptr, {}}));
        QVERIFY(!limits.admit({&after, nullptr, {}}));
        QVERIFY(!limits.admit({&after, nullptr, {}}));
        QVERIFY(limits.admit({&after, nullptr, {}}));
    }

    void aBudgetUntilMidnight() {
        RequestLimits limits(m_tasks, m_deadlines);
        NamedClient ada = client("ada");
        ada.config.tokensPerDay = 100;
        limits.spend(ada.config, 99);
        QVERIFY(!limits.admit({nullptr, &ada, {}}));
        limits.spend(ada.config, 1);
        const auto refused = limits.admit({nullptr, &ada, {}});
        QCOMPARE(refused->code, ErrorCode::TokenBudgetSpent);
        m_clock.advance(std::chrono::seconds(refused->retryAfter));
        QVERIFY(!limits.admit({nullptr, &ada, {}}));
    }

    void aContentThatIsAnnouncedAsTooLarge() {
        RequestLimits limits(m_tasks, m_deadlines);
        Route small = route(Rate{1, 60s, 1});
        small.maxBody = 10;
        QCOMPARE(limits.admit({&small, nullptr, {BodyKind::Length, 11}})->code,
                 ErrorCode::ContentTooLarge);
        // It cost no token.
        QVERIFY(!limits.admit({&small, nullptr, {BodyKind::Length, 10}}));
    }

    void placesInTurn() {
        RequestLimits limits(m_tasks, m_deadlines);
        const auto places = limits.placesOfRoute(route({}, InFlightLimit{1, 2, 30s}));
        Waiter one;
        Waiter two;
        Waiter three;
        Waiter four;
        one.place = places->ask("a", one);
        QVERIFY(one.place->isGranted());
        two.place = places->ask("a", two);
        three.place = places->ask("b", three);
        QVERIFY(!two.place->isGranted());
        QVERIFY(!places->ask("c", four));
        one.place.reset();
        QCOMPARE(three.granted, 0);
        m_tasks.run();
        QCOMPARE(one.granted, 0);
        QCOMPARE(three.granted, 1);
        QVERIFY(three.place->isGranted());
        QCOMPARE(two.granted, 0);
        m_clock.advance(31s);
        m_deadlines.expireDue();
        QCOMPARE(two.refused, 1);
        QCOMPARE(three.refused, 0);
    }

    void morePlacesAfterAReload() {
        RequestLimits limits(m_tasks, m_deadlines);
        const auto places = limits.placesOfRoute(route({}, InFlightLimit{1, 2, 30s}));
        Waiter one;
        Waiter two;
        one.place = places->ask("a", one);
        two.place = places->ask("a", two);
        QCOMPARE(limits.placesOfRoute(route({}, InFlightLimit{2, 2, 30s})).get(), places.get());
        m_tasks.run();
        QCOMPARE(two.granted, 1);
    }

    /// The newest of the longest flow gives way in a full queue, and is told so.
    void whoGivesWayIsRefused() {
        RequestLimits limits(m_tasks, m_deadlines);
        const auto places = limits.placesOfRoute(route({}, InFlightLimit{1, 2, 30s}));
        Waiter one;
        Waiter two;
        Waiter three;
        Waiter four;
        one.place = places->ask("a", one);
        two.place = places->ask("a", two);
        three.place = places->ask("a", three);
        four.place = places->ask("b", four);
        QVERIFY(four.place);
        m_tasks.run();
        QCOMPARE(three.refused, 1);
        QCOMPARE(two.refused, 0);
        one.place.reset();
        m_tasks.run();
        QCOMPARE(two.granted + four.granted, 1);
    }

private:
    ManualClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    DeferredTaskQueue m_tasks;
};

QTEST_GUILESS_MAIN(TestRequestLimits)
#include "tst_requestlimits.moc"
