// SPDX-License-Identifier: MIT
#include "core/upstream/boundconnections.h"

#include "core/support/deadline.h"
#include "core/upstream/sockettransport.h"
#include "fakeconnector.h"
#include "recordingupstream.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

constexpr QByteArrayView kChallenge{
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n"};
constexpr QByteArrayView kOk{"HTTP/1.1 204 No Content\r\n\r\n"};

/// One transport to several targets, and what a client connection keeps.
struct Bench {
    explicit Bench(std::size_t maxIdle = 64, std::shared_ptr<IdleQuota> quota = {}) {
        SocketTransportOptions options;
        UpstreamTarget target;
        target.host = target.authority = "origin.test";
        options.targets = {target};
        options.idleFor = 60s;
        options.maxIdle = maxIdle;
        options.idleQuota = std::move(quota);
        transport = makeSocketTransport(connector, deadlines, std::move(options));
    }
    /// How many connections were made by then.
    [[nodiscard]] std::size_t made() const { return connector.scripts.size(); }
    /// One exchange with that response; the script of the connection that it went over.
    StreamScript* exchange(BoundConnections* bound, QByteArrayView response,
                           const QByteArray& authorization = {}) {
        RecordingUpstream observer;
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/";
        if (!authorization.isEmpty()) request.fields.append("Authorization", authorization);
        request.bound = bound;
        const std::size_t asked = connector.targets.size();
        for (const auto& each : connector.scripts)
            each->writes.clear();
        const auto running = transport->start(std::move(request), observer);
        StreamScript* script = nullptr;
        if (connector.targets.size() > asked) script = connector.establish();
        for (const auto& each : connector.scripts)
            if (!each->writes.isEmpty()) script = each.get();
        script->observer->streamReceived(response);
        return observer.isOver ? script : nullptr;
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    std::unique_ptr<UpstreamTransport> transport;
};

} // namespace

class TestBoundConnections : public QObject {
    Q_OBJECT

private slots:
    void aConnectionIsBoundByARequestOrAResponse_data() {
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("by a challenge") << QByteArray() << kChallenge.toByteArray();
        QTest::newRow("by credentials") << QByteArray("Negotiate YII=") << kOk.toByteArray();
        QTest::newRow("by an interim response")
            << QByteArray()
            << QByteArray("HTTP/1.1 103 Early Hints\r\nPersistent-Auth: true\r\n\r\n") +
                   kOk.toByteArray();
    }
    void aConnectionIsBoundByARequestOrAResponse() {
        QFETCH(const QByteArray, authorization);
        QFETCH(const QByteArray, response);
        Bench b;
        BoundConnections a;
        BoundConnections other;
        StreamScript* const first = b.exchange(&a, response, authorization);
        QVERIFY(first);
        QCOMPARE(a.size(), std::size_t{1});
        QVERIFY(b.exchange(&other, kOk) != first);
        QVERIFY(b.exchange(nullptr, kOk) != first);
        QCOMPARE(b.exchange(&a, kOk), first);
        QCOMPARE(a.size(), std::size_t{1});
    }

    void whatWasPooledBeforeIsTakenOutForGood() {
        Bench b;
        BoundConnections a;
        StreamScript* const pooled = b.exchange(nullptr, kOk);
        QCOMPARE(b.exchange(&a, kChallenge), pooled);
        QVERIFY(b.exchange(nullptr, kOk) != pooled);
    }

    void whatIsSentAnewEachTimeIsPooled() {
        Bench b;
        BoundConnections a;
        StreamScript* const first = b.exchange(&a, kOk, "Bearer sk-1");
        QCOMPARE(b.exchange(nullptr, kOk, "Basic dTpw"), first);
        QCOMPARE(a.size(), std::size_t{0});
    }

    void withoutAClientConnectionItIsClosed() {
        Bench b;
        StreamScript* const first = b.exchange(nullptr, kChallenge);
        QVERIFY(first->isReleased);
    }

    void itEndsWithTheClientConnection() {
        Bench b;
        auto a = std::make_unique<BoundConnections>();
        StreamScript* const first = b.exchange(a.get(), kChallenge);
        QVERIFY(!first->isReleased);
        a.reset();
        QVERIFY(first->isReleased);
    }

    void itEndsWithItsTime() {
        Bench b;
        BoundConnections a;
        StreamScript* const first = b.exchange(&a, kChallenge);
        b.clock.advance(61s);
        b.deadlines.expireDue();
        QVERIFY(first->isReleased);
        QCOMPARE(a.size(), std::size_t{0});
    }

    void itIsNotUsedOnceTheOriginHasEndedIt() {
        Bench b;
        BoundConnections a;
        StreamScript* const first = b.exchange(&a, kChallenge);
        first->isReusable = false;
        QVERIFY(b.exchange(&a, kOk) != first);
        QVERIFY(first->isReleased);
        StreamScript* const second = b.exchange(&a, kChallenge);
        second->observer->streamPeerFinished();
        QCOMPARE(a.size(), std::size_t{0});
    }

    void anotherTransportDoesNotGetIt() {
        Bench b;
        Bench other;
        BoundConnections a;
        StreamScript* const first = b.exchange(&a, kChallenge);
        QVERIFY(other.exchange(&a, kChallenge) != first);
        QCOMPARE(a.size(), std::size_t{2});
        b.transport.reset();
        QVERIFY(other.exchange(&a, kChallenge));
        QCOMPARE(a.size(), std::size_t{1});
        QVERIFY(first->isReleased);
    }

    void oneClientConnectionKeepsEight() {
        std::vector<std::unique_ptr<Bench>> transports;
        BoundConnections a;
        std::vector<StreamScript*> scripts;
        for (std::size_t i = 0; i < BoundConnections::kMaxIdle + 1; ++i) {
            transports.push_back(std::make_unique<Bench>());
            scripts.push_back(transports.back()->exchange(&a, kChallenge));
        }
        QCOMPARE(a.size(), BoundConnections::kMaxIdle);
        QVERIFY(scripts.front()->isReleased);
        QVERIFY(!scripts.back()->isReleased);
    }

    void severalPoolsShareAQuota() {
        const auto quota = std::make_shared<IdleQuota>(2);
        Bench first(64, quota);
        Bench second(64, quota);
        Bench third(64, quota);
        StreamScript* const a = first.exchange(nullptr, kOk);
        StreamScript* const b = second.exchange(nullptr, kOk);
        StreamScript* const c = third.exchange(nullptr, kOk);
        QVERIFY(!a->isReleased);
        QVERIFY(!b->isReleased);
        QVERIFY2(c->isReleased, "the third is beyond the quota");
        first.transport.reset();
        QVERIFY(a->isReleased);
        QVERIFY2(!third.exchange(nullptr, kOk)->isReleased, "the first has left its place");
        QCOMPARE(third.made(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestBoundConnections)
#include "tst_boundconnections.moc"
