// SPDX-License-Identifier: MIT
#include "core/proxy/routecaches.h"
#include "tests/proxy/exchangerig.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestRouteCaches : public QObject {
    Q_OBJECT
    DeferredTaskQueue m_tasks;
    ManualClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    std::shared_ptr<UpstreamTransport> m_inner = std::make_shared<ScriptedTransport>();

    static Route cached() {
        Route route;
        route.name = QStringLiteral("r");
        route.cache = RouteCache{};
        return route;
    }
    RouteCaches made(const Route& route, const RouteCaches* previous = nullptr,
                     bool isCredentialOurs = false) {
        RouteCaches out;
        out.add({route, m_inner, isCredentialOurs}, {m_tasks, m_deadlines}, previous);
        return out;
    }

private slots:
    void aRouteWithoutACacheHasNone() {
        Route route = cached();
        route.cache.reset();
        QVERIFY(!made(route).transportOf(route));
    }
    void aRouteThatDidNotChangeKeepsItsCache() {
        const RouteCaches before = made(cached());
        const RouteCaches after = made(cached(), &before);
        QVERIFY(before.transportOf(cached()));
        QCOMPARE(after.transportOf(cached()), before.transportOf(cached()));
    }
    void aChangeBeginsAnEmptyOne_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("the route") << 0;
        QTest::newRow("the transport") << 1;
        QTest::newRow("whose credential it is") << 2;
    }
    void aChangeBeginsAnEmptyOne() {
        QFETCH(int, what);
        const RouteCaches before = made(cached());
        Route route = cached();
        if (what == 0) route.match.path = "/b";
        if (what == 1) m_inner = std::make_shared<ScriptedTransport>();
        const RouteCaches after = made(route, &before, what == 2);
        QVERIFY(after.transportOf(route) != before.transportOf(route));
    }
};

QTEST_APPLESS_MAIN(TestRouteCaches)
#include "tst_routecaches.moc"
