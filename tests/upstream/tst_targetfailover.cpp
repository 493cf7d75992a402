// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"
#include "core/upstream/requestbodycopy.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/targetfailover.h"
#include "core/upstream/targetnames.h"
#include "fakeconnector.h"
#include "recordingupstream.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

/// Exchanges of a group of targets without a network.
struct Bench {
    explicit Bench(int targets, BalancePolicy policy = BalancePolicy::Failover) {
        SocketTransportOptions options;
        for (int i = 0; i < targets; ++i) {
            UpstreamTarget target;
            target.host = "t" + QByteArray::number(i) + ".test";
            target.authority = target.host;
            options.targets.push_back(target);
        }
        BalanceRules rules;
        rules.policy = policy;
        BreakerRules breaker;
        breaker.failures = 1;
        breaker.openFor = 20s;
        rules.breaker = breaker;
        options.timeouts = {1s, 10s, 5s};
        options.group = group = std::make_shared<TargetGroup>(targetSpecs(options.targets), rules);
        transport = makeSocketTransport(connector, deadlines, std::move(options));
    }
    void start(const QByteArray& method, Framing framing = {}, const QByteArray& wanted = {}) {
        exchange.reset();
        observer = std::make_unique<RecordingUpstream>();
        UpstreamRequest request;
        request.method = method;
        request.target = "/";
        request.framing = framing;
        request.wantedTarget = wanted;
        exchange = transport->start(std::move(request), *observer);
    }
    void post(const QByteArray& content) {
        start("POST", {BodyKind::Length, quint64(content.size())});
        exchange->sendBody(content);
        exchange->finishBody({});
    }
    [[nodiscard]] QByteArray lastHost() const { return connector.targets.back().host; }
    [[nodiscard]] QByteArray conditions() const {
        QByteArrayList out;
        for (const TargetStatus& each : group->statuses(clock.now()))
            out << wordOf(each.condition).toByteArray();
        return out.join(' ');
    }
    [[nodiscard]] int active() const {
        int sum = 0;
        for (const TargetStatus& each : group->statuses(clock.now()))
            sum += each.active;
        return sum;
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    std::shared_ptr<TargetGroup> group;
    std::unique_ptr<UpstreamTransport> transport;
    std::unique_ptr<RecordingUpstream> observer;
    std::unique_ptr<UpstreamExchange> exchange;
};

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

class TestTargetFailover : public QObject {
    Q_OBJECT
private slots:
    void aTargetThatRefusesIsPassedOverAndNamed() {
        Bench b(2);
        b.post("{}");
        b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.lastHost(), QByteArray("t1.test"));
        auto* const second = b.connector.establish();
        QVERIFY(second->writes.join().endsWith("\r\n\r\n{}"));
        second->observer->streamReceived(kOk);
        QVERIFY(b.observer->story().endsWith("complete"));
        QCOMPARE(b.observer->passedOver, QStringList{QStringLiteral("t0.test:80: evidence")});
        QCOMPARE(b.observer->facts->target, QStringLiteral("t1.test:80"));
        QCOMPARE(b.conditions(), QByteArray("breaker_open up"));
        QCOMPARE(b.active(), 0);
    }

    void whatNobodyTookGoesFromANewConnectionToAnotherTarget() {
        Bench b(2);
        b.post("{}");
        auto* const first = b.connector.establish();
        first->delivery = Delivery::None;
        first->observer->streamFailed({StreamFault::Reset, QStringLiteral("reset")});
        QCOMPARE(b.lastHost(), QByteArray("t1.test"));
        const auto* const second = b.connector.establish();
        QVERIFY(second->writes.join().endsWith("\r\n\r\n{}"));
    }
    void whatMayHaveBeenTakenDoesNot_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("a POST may have been done") << QByteArray("POST") << false;
        QTest::newRow("a DELETE that worked would get 404") << QByteArray("DELETE") << false;
        QTest::newRow("a GET can be repeated") << QByteArray("GET") << true;
        QTest::newRow("a HEAD can be repeated") << QByteArray("HEAD") << true;
    }
    void whatMayHaveBeenTakenDoesNot() {
        QFETCH(const QByteArray, method);
        QFETCH(const bool, goesOn);
        Bench b(2);
        b.start(method);
        b.connector.establish()->observer->streamFailed({StreamFault::Reset, {}});
        QCOMPARE(b.connector.targets.size(), goesOn ? 2U : 1U);
        QCOMPARE(b.observer->isOver, !goesOn);
        QCOMPARE(b.conditions(), QByteArray("breaker_open up"));
    }
    void afterOneByteOfAResponseNothingDoes() {
        Bench b(2);
        b.start("GET");
        auto* const first = b.connector.establish();
        first->observer->streamReceived("H");
        first->observer->streamFailed({StreamFault::Reset, {}});
        QCOMPARE(b.connector.targets.size(), 1U);
        QVERIFY(b.observer->isOver);
    }
    void nothingGoesBeyondTheLimitOfTheCopy() {
        Bench b(2);
        b.post(QByteArray(RequestBodyCopy::kMaxBytes + 1, 'x'));
        auto* const first = b.connector.establish();
        first->delivery = Delivery::None;
        first->observer->streamFailed({StreamFault::Reset, {}});
        QCOMPARE(b.connector.targets.size(), 1U);
        QVERIFY(b.observer->isOver);
    }
    void everyTargetHasOneTurn() {
        Bench b(3);
        b.start("GET");
        for (int i = 0; i < 3; ++i)
            b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.connector.targets.size(), 3U);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamRefused);
        QCOMPARE(b.observer->error.detail, QStringLiteral("evidence; evidence; evidence"));
        QCOMPARE(b.observer->passedOver.size(), 2);
    }

    void withAllBreakersOpenItIsDownAndSaysForHowLong() {
        Bench b(1);
        b.start("GET");
        b.connector.refuse(StreamFault::Refused);
        b.start("GET");
        b.connector.deferredTasks().run();
        QCOMPARE(b.connector.targets.size(), 1U);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamDown);
        QCOMPARE(b.observer->error.retryAfter, 20);
        QVERIFY(b.observer->error.detail.contains(u"1 of 1 requests failed"));
        b.clock.advance(20s);
        b.start("GET");
        b.connector.establish()->observer->streamReceived(kOk);
        QCOMPARE(b.conditions(), QByteArray("up"));
    }
    void aShortageOfOursIsNotTheTargetsFailure() {
        Bench b(1);
        b.start("GET");
        b.connector.refuse(StreamFault::NoDescriptors);
        QCOMPARE(b.conditions(), QByteArray("up"));
        QCOMPARE(b.active(), 0);
    }
    void aStreamThatBreaksInTheMiddleCounts() {
        Bench b(1);
        b.start("GET");
        auto* const script = b.connector.establish();
        script->observer->streamReceived("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        script->observer->streamFailed({StreamFault::Reset, {}});
        QCOMPARE(b.conditions(), QByteArray("breaker_open"));
    }
    void aContentThatTellsOfAFailureCounts() {
        Bench b(1);
        b.start("GET");
        b.connector.establish()->observer->streamReceived(kOk);
        QCOMPARE(b.conditions(), QByteArray("up"));
        b.exchange->contentFailed(QStringLiteral("the stream ended without message_stop"));
        QCOMPARE(b.conditions(), QByteArray("breaker_open"));
    }
    void aPauseThatIsAskedForIsHeeded() {
        Bench b(2);
        b.start("GET");
        b.connector.establish()->observer->streamReceived(
            "HTTP/1.1 429 Slow down\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(b.observer->head.status, 429);
        QCOMPARE(b.conditions(), QByteArray("cooling up"));
        b.start("GET");
        QCOMPARE(b.lastHost(), QByteArray("t1.test"));
        b.clock.advance(30s);
        QCOMPARE(b.conditions(), QByteArray("up up"));
    }

    void aWantedTargetIsTheOnlyOne() {
        Bench b(2);
        b.start("GET", {}, "t1.test:80");
        QCOMPARE(b.lastHost(), QByteArray("t1.test"));
        b.connector.refuse(StreamFault::Refused);
        QVERIFY(b.observer->isOver);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamRefused);
    }
    void aNameThatNoTargetHasIsTheClientsMistake() {
        Bench b(1);
        b.start("GET", {}, "x:80");
        b.connector.deferredTasks().run();
        QCOMPARE(b.observer->error.code, ErrorCode::MalformedRequest);
        QCOMPARE(b.observer->error.side, Side::Downstream);
        QVERIFY(b.observer->error.detail.endsWith(u"there are t0.test:80"));
    }
    void aSessionIsReadFromItsField() {
        Bench b(2, BalancePolicy::RoundRobin);
        const auto ask = [&](const QByteArray& session) {
            b.exchange.reset();
            b.observer = std::make_unique<RecordingUpstream>();
            UpstreamRequest request;
            request.method = "GET";
            request.target = "/";
            request.fields.append("x-claude-code-session-id", session);
            b.exchange = b.transport->start(std::move(request), *b.observer);
            return b.lastHost();
        };
        const QByteArray one = ask("one");
        QVERIFY(ask("two") != one);
        QCOMPARE(ask("one"), one);
    }
    void aClientThatLeavesFreesItsPlace() {
        Bench b(1);
        b.start("GET");
        b.connector.establish();
        QCOMPARE(b.active(), 1);
        b.exchange.reset();
        QCOMPARE(b.active(), 0);
        QCOMPARE(b.conditions(), QByteArray("up"));
    }
};

QTEST_GUILESS_MAIN(TestTargetFailover)
#include "tst_targetfailover.moc"
