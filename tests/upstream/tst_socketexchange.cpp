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

/// An exchange without a network: time, connections and bytes are what the test says.
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

constexpr Framing chunked() { return {BodyKind::Chunked, 0}; }
constexpr Framing length(quint64 bytes) { return {BodyKind::Length, bytes}; }

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
        b.connector.deferredTasks().run();
        QCOMPARE(b.observer->story(), QByteArray("connected, sent"));
    }

    void sentMeansTakenByTheKernel() {
        Bench b;
        auto* const script = b.warm();
        b.start("POST", length(2));
        script->pending = 100;
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        b.connector.deferredTasks().run();
        QCOMPARE(b.observer->story(), QByteArray("connected"));
        script->pending = 0;
        script->observer->streamWritable();
        QCOMPARE(b.observer->story(), QByteArray("connected, sent"));
    }

    void aResponseThatIsFasterThanTheLoopKeepsTheOrder() {
        Bench b;
        const auto* const script = b.warm();
        b.start("GET");
        script->observer->streamReceived("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 200, body, complete"));
    }

    void theTimeToTheFirstByteStartsAnewWithTheUpload() {
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

    void eachPieceOfAResponseBreaksTheSilence() {
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
        first->isReusable = false;
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
        QCOMPARE(b.connector.targets[1].host, QByteArray("t1.test"));
    }

    void whatNobodyTookIsSentAgain_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("isChunked");
        const auto row = [](const char* tag, const char* method, const QByteArray& content,
                            bool isChunked) {
            QTest::newRow(tag) << QByteArray(method) << content << isChunked;
        };
        row("a POST with a length", "POST", "{}", false);
        row("a chunked POST", "POST", "{}", true);
        row("a POST without content", "POST", {}, false);
        row("a DELETE", "DELETE", {}, false);
        row("a GET", "GET", {}, false);
        row("content as large as what is kept", "POST", QByteArray(ByteStream::kHighWatermark, 'x'),
            false);
    }
    void whatNobodyTookIsSentAgain() {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, content);
        QFETCH(const bool, isChunked);
        Bench b;
        auto* const stale = b.warm();
        const auto size = static_cast<quint64>(content.size());
        b.start(method, content.isEmpty() ? Framing{} : isChunked ? chunked() : length(size));
        b.exchange->sendBody(content);
        b.exchange->finishBody({});
        const QByteArray asked = stale->writes.join();
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        const auto* const fresh = b.connector.establish();
        QCOMPARE(fresh->writes.join(), asked);
        QCOMPARE(fresh->writes.size(), 1); // in one write
        fresh->observer->streamReceived("HTTP/1.1 204 No Content\r\n\r\n");
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 204, complete"));
    }

    void whatMayHaveBeenTakenIsNot_data() {
        QTest::addColumn<int>("delivery");
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<qsizetype>("bytes");
        QTest::addColumn<int>("seconds");
        const auto row = [](const char* tag, Delivery delivery, const char* response,
                            qsizetype bytes, int seconds) {
            QTest::newRow(tag) << static_cast<int>(delivery) << QByteArray(response) << bytes
                               << seconds;
        };
        row("nobody knows", Delivery::Unknown, "", 2, 0);
        row("the peer ended, and no reset says that it refused", Delivery::Undecided, "", 2, 0);
        row("a byte of a response came", Delivery::None, "H", 2, 0);
        row("an interim response came", Delivery::None, "HTTP/1.1 103 Early Hints\r\n\r\n", 2, 0);
        row("there was more content than is kept", Delivery::None, "",
            ByteStream::kHighWatermark + 1, 0);
        row("a large content is not kept for long", Delivery::None, "", 20'000, 3);
    }
    void whatMayHaveBeenTakenIsNot() {
        QFETCH(const int, delivery);
        QFETCH(const QByteArray, response);
        QFETCH(const qsizetype, bytes);
        QFETCH(const int, seconds);
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", length(static_cast<quint64>(bytes)));
        b.exchange->sendBody(QByteArray(bytes, 'x'));
        b.exchange->finishBody({});
        if (!response.isEmpty()) stale->observer->streamReceived(response);
        b.passTime(std::chrono::seconds(seconds));
        stale->delivery = static_cast<Delivery>(delivery);
        stale->observer->streamFailed({StreamFault::Reset, QStringLiteral("evidence")});
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.connector.targets.size(), 1U);
    }

    void aSmallContentIsKeptUntilTheResponse() {
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        b.passTime(9s);
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        QVERIFY(b.connector.establish()->writes.join().endsWith("\r\n\r\n{}"));
    }

    void aPeerThatEndedIsGivenTimeToRefuse() {
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", length(4));
        b.exchange->sendBody("ab");
        stale->delivery = Delivery::Undecided;
        stale->observer->streamPeerFinished();
        QVERIFY(!b.observer->isOver);
        b.exchange->sendBody("cd"); // the upload goes on meanwhile
        b.exchange->finishBody({});
        b.passTime(500ms);
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        QVERIFY(b.connector.establish()->writes.join().endsWith("\r\n\r\nabcd"));
        QVERIFY(!b.observer->isOver);
    }

    void whatMayBeRepeatedWaitsForNoProof() {
        Bench b;
        auto* const stale = b.warm();
        b.start("GET");
        stale->delivery = Delivery::Undecided;
        stale->observer->streamPeerFinished();
        QCOMPARE(b.connector.targets.size(), 2U);
    }

    void aPeerThatEndsWithoutRefusingMayHaveTakenIt() {
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        stale->delivery = Delivery::Undecided;
        stale->observer->streamPeerFinished();
        b.exchange->setReading(false); // neither this …
        b.exchange->setReading(true);  // … nor this gives it more time
        b.passTime(1100ms);
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QVERIFY(stale->isAborted);
        QCOMPARE(b.connector.targets.size(), 1U);
    }

    void theUploadGoesOnToTheNewConnection() {
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", chunked());
        b.exchange->sendBody("one");
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        b.exchange->sendBody("two");
        const auto* const fresh = b.connector.establish();
        b.exchange->finishBody({});
        QVERIFY(fresh->writes.join().endsWith("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"));
    }

    void itIsSentAgainOnceOnly() {
        Bench b;
        auto* const stale = b.warm();
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        auto* const fresh = b.connector.establish();
        fresh->delivery = Delivery::None;
        fresh->observer->streamFailed({StreamFault::Reset, {}});
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.connector.targets.size(), 2U);
    }

    void whatNobodyTookMayGoToTheNextTarget() {
        Bench b(2);
        auto* const stale = b.warm();
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        stale->delivery = Delivery::None;
        stale->observer->streamFailed({StreamFault::Reset, {}});
        b.connector.refuse(StreamFault::Refused); // the origin has gone
        const auto* const second = b.connector.establish();
        QVERIFY(second->writes.join().contains("Host: t1.test\r\n"));
        QVERIFY(second->writes.join().endsWith("\r\n\r\n{}"));
        QVERIFY(b.observer->facts->target.startsWith(u"t1.test"));
    }

    void anAnnouncedTimeIsHeeded_data() {
        QTest::addColumn<QByteArray>("announced");
        QTest::addColumn<int>("keptFor");
        QTest::newRow("a second less than announced") << QByteArray("timeout=5") << 4;
        QTest::newRow("among other parameters") << QByteArray("max=100, Timeout=5") << 4;
        QTest::newRow("never longer than our own") << QByteArray("timeout=3600") << 60;
        QTest::newRow("what is no number counts for nothing") << QByteArray("timeout=5s") << 60;
        QTest::newRow("another parameter counts for nothing") << QByteArray("max=5") << 60;
        QTest::newRow("a second is too short to be used") << QByteArray("timeout=1") << 0;
    }
    void anAnnouncedTimeIsHeeded() {
        QFETCH(const QByteArray, announced);
        QFETCH(const int, keptFor);
        Bench b;
        b.start("GET");
        const auto* const script = b.connector.establish();
        script->observer->streamReceived(
            QByteArray("HTTP/1.1 204 No Content\r\nKeep-Alive: " + announced + "\r\n\r\n"));
        if (keptFor > 0) {
            b.passTime(std::chrono::seconds(keptFor) - 100ms);
            QVERIFY(!script->isReleased);
            b.passTime(200ms);
        }
        QVERIFY(script->isReleased);
    }

    void whatMayBeRepeatedGoesToTheNextTargetAsWell() {
        Bench b(2);
        const auto* const script = b.warm();
        b.start("GET");
        script->observer->streamPeerFinished(); // stale: sent again to the same target
        QCOMPARE(b.connector.targets.size(), 2U);
        QCOMPARE(b.connector.targets[1].host, QByteArray("t0.test"));
        b.connector.refuse(StreamFault::Refused);
        QCOMPARE(b.connector.targets.size(), 3U);
        QCOMPARE(b.connector.targets[2].host, QByteArray("t1.test"));
    }

    void withoutTargetsTheUpstreamIsDown() {
        Bench b(0);
        b.start("GET");
        QVERIFY(b.observer->events.isEmpty());
        b.connector.deferredTasks().run();
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
#include "tests/support/errornames.h"
#include "tst_socketexchange.moc"
