// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"
#include "core/upstream/sockettransport.h"
#include "fakeconnector.h"
#include "recordingupstream.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

/// An exchange without a network: time, connections and octets are what the test says.
struct Bench {
    explicit Bench(int targets = 1) {
        SocketTransportOptions options;
        for (int i = 0; i < targets; ++i) {
            UpstreamTarget target;
            target.host = "t" + QByteArray::number(i) + ".test";
            target.authority = target.host;
            options.targets.push_back(target);
        }
        options.timeouts = {1s, 10s, 5s};
        options.idleFor = 60s;
        transport = makeSocketTransport(connector, deadlines, std::move(options));
    }
    void start(const QByteArray& method, Framing framing = {}) {
        exchange.reset();
        observer = std::make_unique<RecordingUpstream>();
        UpstreamRequest request;
        request.method = method;
        request.target = "/";
        request.framing = framing;
        exchange = transport->start(std::move(request), *observer);
    }
    void passTime(std::chrono::milliseconds by) {
        clock.advance(by);
        deadlines.expireDue();
    }
    /// A script whose connection waits in the pool.
    StreamScript* warm() {
        start("GET");
        StreamScript* const script = connector.establish();
        script->observer->streamReceived("HTTP/1.1 204 No Content\r\n\r\n");
        script->writes.clear();
        return script;
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    FakeConnector connector;
    std::unique_ptr<UpstreamTransport> transport;
    std::unique_ptr<RecordingUpstream> observer;
    std::unique_ptr<UpstreamExchange> exchange;
};

constexpr Framing length(quint64 octets) { return {BodyKind::Length, octets}; }

} // namespace

class TestSocketExchange : public QObject {
    Q_OBJECT

private slots:
    void headAndContentAreOneWrite_data() {
        QTest::addColumn<bool>("isPooled");
        QTest::newRow("on a pooled connection") << true;
        QTest::newRow("on a new one") << false;
    }
    void headAndContentAreOneWrite() {
        QFETCH(bool, isPooled);
        Bench b;
        StreamScript* script = nullptr;
        if (isPooled) script = b.warm();
        b.start("POST", length(5));
        b.exchange->sendBody("hello");
        b.exchange->finishBody({});
        if (!isPooled) script = b.connector.establish();
        QCOMPARE(script->writes.join('|'), QByteArray("POST / HTTP/1.1\r\nHost: t0.test\r\n"
                                                      "Content-Length: 5\r\n\r\nhello"));
    }

    void chunksAreOneWriteEach() {
        Bench b;
        const auto* const script = b.warm();
        b.start("POST", {BodyKind::Chunked, 0});
        b.exchange->sendBody("hello");
        b.exchange->sendBody("world");
        b.exchange->finishBody({});
        QCOMPARE(script->writes.size(), 3);
        QVERIFY(script->writes[0].endsWith("\r\n\r\n5\r\nhello\r\n"));
        QCOMPARE(script->writes[1], QByteArray("5\r\nworld\r\n"));
        QCOMPARE(script->writes[2], QByteArray("0\r\n\r\n"));
    }

    void nobodyIsCalledFromInsideACall() {
        Bench b;
        b.warm();
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        b.exchange->setReading(false);
        b.exchange->setReading(true);
        QVERIFY(b.observer->events.isEmpty());
        b.connector.soon().run();
        QCOMPARE(b.observer->story(), QByteArray("connected, sent"));
    }

    void sentMeansTakenByTheKernel() {
        Bench b;
        auto* const script = b.warm();
        b.start("POST", length(2));
        script->pending = 100;
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        b.connector.soon().run();
        QCOMPARE(b.observer->story(), QByteArray("connected"));
        script->pending = 0;
        script->observer->streamWritable();
        QCOMPARE(b.observer->story(), QByteArray("connected, sent"));
    }

    void anAnswerThatIsFasterThanTheLoopKeepsTheOrder() {
        Bench b;
        const auto* const script = b.warm();
        b.start("GET");
        script->observer->streamReceived("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 200, body, complete"));
    }

    void theTimeToTheFirstOctetStartsAnewWithTheUpload() {
        Bench b;
        b.start("POST", length(10));
        const auto* const script = b.connector.establish();
        for (int i = 0; i < 5; ++i) {
            b.passTime(9s);
            b.exchange->sendBody("xx");
        }
        b.exchange->finishBody({});
        b.passTime(9s);
        QVERIFY(!b.observer->isOver);
        b.passTime(2s);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamFirstByteTimeout);
        QVERIFY(script->isAborted);
    }

    void eachPieceOfAnAnswerBreaksTheSilence() {
        Bench b;
        b.start("GET");
        const auto* const script = b.connector.establish();
        script->observer->streamReceived("HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i < 5; ++i) {
            b.passTime(4s);
            script->observer->streamReceived("event");
        }
        QVERIFY(!b.observer->isOver);
        b.exchange->setReading(false);
        b.passTime(60s);
        QVERIFY(!b.observer->isOver);
        b.exchange->setReading(true);
        b.passTime(6s);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamIdleTimeout);
    }

    void onlyAQuietConnectionIsUsedAgain() {
        Bench b;
        auto* const first = b.warm();
        first->isQuiet = false;
        b.start("GET");
        QVERIFY(first->isReleased);
        QCOMPARE(b.connector.targets.size(), 2U);
    }

    void anIdleConnectionIsLetGoInTime() {
        Bench b;
        const auto* const script = b.warm();
        QVERIFY(script->isReading); // its end has to be seen
        b.passTime(59s);
        QVERIFY(!script->isReleased);
        b.passTime(2s);
        QVERIFY(script->isReleased);
    }

    void theReasonsOfAllTargetsAreNamed() {
        Bench b(2);
        b.start("GET");
        b.connector.refuse(StreamFault::TimedOut);
        b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamRefused);
        QCOMPARE(b.observer->error.detail, QStringLiteral("evidence; evidence"));
        QCOMPARE(b.observer->error.retry, Retry::NothingWasSent);
        QCOMPARE(b.connector.targets[1].host, QByteArray("t1.test"));
    }

    void aRequestThatWasSentGoesToNoOtherTarget() {
        Bench b(2);
        const auto* const script = b.warm();
        b.start("GET");
        script->observer->streamPeerFinished(); // stale: sent again to the same target
        QCOMPARE(b.connector.targets.size(), 2U);
        QCOMPARE(b.connector.targets[1].host, QByteArray("t0.test"));
        b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.observer->error.retry, Retry::Never);
        QCOMPARE(b.connector.targets.size(), 2U);
    }

    void withoutTargetsTheUpstreamIsDown() {
        Bench b(0);
        b.start("GET");
        QVERIFY(b.observer->events.isEmpty());
        b.connector.soon().run();
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamDown);
    }

    void cancellingResetsTheConnection() {
        Bench b;
        b.start("GET");
        const auto* const script = b.connector.establish();
        b.exchange.reset();
        QVERIFY(script->isAborted);
        QVERIFY(script->isReleased);
    }
};

QTEST_GUILESS_MAIN(TestSocketExchange)
#include "tst_socketexchange.moc"
