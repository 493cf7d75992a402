// SPDX-License-Identifier: MIT
// One request with its final response, between a scripted client and a scripted upstream.
#include "core/proxy/exchange.h"
#include "exchangerig.h"
#include "request.h"
#include "tests/observe/recordnames.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using std::chrono::seconds;

namespace {

/// Keeps what an exchange does to its client.
struct ScriptedClient final : Downstream {
    void sendDownstream(QByteArrayView first, QByteArrayView second) override {
        sent.append(first).append(second);
    }
    [[nodiscard]] QByteArray& outputBuffer() override { return output; }
    [[nodiscard]] bool isDownstreamCongested() const override { return isCongested; }
    void holdUpload(bool isHeld) override { calls << (isHeld ? "hold" : "go on"); }
    void exchangeOver(After after) override {
        calls << (after == After::NextRequest ? "next" : after == After::Close ? "close" : "cut");
    }
    void handOver(StreamPtr upstream, QByteArray earlyBytes,
                  std::unique_ptr<ExchangeRecorder> recorder) override {
        calls << "tunnel";
        stream = std::move(upstream);
        early = std::move(earlyBytes);
        isRecorderGiven = recorder != nullptr;
    }
    void handOverToInterception(InterceptionRequest request) override {
        calls << "interception";
        isRecorderGiven = request.recorder != nullptr;
    }
    void connectedToSelf() override { calls << "self"; }
    void handOverToEvents(QByteArray bytes, std::unique_ptr<ExchangeRecorder> recorder) override {
        calls << "events";
        handshake = std::move(bytes);
        isRecorderGiven = recorder != nullptr;
    }
    /// What was sent since the last call.
    [[nodiscard]] QByteArray take() { return std::exchange(sent, {}); }
    [[nodiscard]] QByteArray called() const { return calls.join(' '); }

    QByteArray sent;
    QByteArray output;
    QByteArrayList calls;
    bool isCongested = false;
    StreamPtr stream;
    QByteArray early;
    QByteArray handshake;
    bool isRecorderGiven = false;
};

struct Bench : ExchangeRig {
    Exchange& start(const QByteArray& lines) {
        auto [head, framing] = parsed(lines);
        Exchange& out = make(std::move(head), framing);
        out.start();
        return out;
    }
    Exchange& make(RequestHead head, Framing framing) {
        Downstream& port = client;
        exchange = std::make_unique<Exchange>(context, port, from,
                                              ReceivedRequest{std::move(head), framing});
        return *exchange;
    }
    [[nodiscard]] UpstreamScript& upstream() const { return *transport->scripts.back(); }
    [[nodiscard]] ExchangeEnd recordedEnd() { return records().back().end; }

    ScriptedClient client;
    ExchangeClient from{QStringLiteral("127.0.0.1")};
    std::unique_ptr<Exchange> exchange;
};

const QByteArray kGet = "GET /x HTTP/1.1\nHost: localhost:8899";
const QByteArray kPost = "POST /x HTTP/1.1\nHost: localhost:8899\nContent-Length: 4";
const Framing kChunked{BodyKind::Chunked, 0};
const QByteArrayList kEventStream{"Content-Type: text/event-stream"};

} // namespace

class TestExchange : public QObject {
    Q_OBJECT
private slots:
    void whoNamedTheHost_data();
    void whoNamedTheHost();
    void theHeadLeavesWithTheFirstContent();
    void theUpstreamIsPausedWhileTheClientIsSlow();
    void interimResponsesPauseTheUpstreamAsWell();
    void anUploadIsHeldWhileTheUpstreamIsSlow();
    void aLocalResponseWaitsForTheContent_data();
    void aLocalResponseWaitsForTheContent();
    void anEarlyResponseClosesAfterItsEnd();
    void commentsGoIntoASilentEventStream();
    void whatCommentsMayStandIn_data();
    void whatCommentsMayStandIn();
    void aSlowClientGetsNoComments();
    void aTunnelGetsBothStreams();
    void aSwitchGetsBothStreams();
    void liveRecordsGetTheHandshake();
    void trailersGoToClientsThatTakeThem_data();
    void trailersGoToClientsThatTakeThem();
    void whatCannotBeReadIsRefusedAndClosed_data();
    void whatCannotBeReadIsRefusedAndClosed();
    void aNameOfTheClientIsNotLookedForInTheRoutes();
    void aKeyAsTheNameOfAHostIsMasked();
    void nothingIsSharedOnceItIsOver();
};

void TestExchange::whoNamedTheHost_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isOfClient");
    QTest::newRow("a route's upstream")
        << QByteArray("GET /up HTTP/1.1\nHost: 127.0.0.1:8899") << QByteArray("up.test") << false;
    QTest::newRow("absolute-form")
        << QByteArray("GET http://a.test/ HTTP/1.1\nHost: a.test") << QByteArray("a.test") << true;
    QTest::newRow("a tunnel") << QByteArray("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443")
                              << QByteArray("a.test") << true;
}

void TestExchange::whoNamedTheHost() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, host);
    QFETCH(const bool, isOfClient);
    Bench b;
    b.start(request);
    QCOMPARE(b.connector.targets.size(), 1U);
    QCOMPARE(b.connector.targets.front().host, host);
    QCOMPARE(b.connector.targets.front().namedBy == NamedBy::Client, isOfClient);
}

void TestExchange::theHeadLeavesWithTheFirstContent() {
    Bench b;
    b.start(kGet);
    b.upstream().respond(200, {}, kChunked);
    QCOMPARE(b.client.take(), QByteArray());
    b.upstream().send("abc");
    const QByteArray first = b.client.take();
    QVERIFY(first.startsWith("HTTP/1.1 200 R\r\n"));
    QVERIFY(first.endsWith("\r\n\r\n3\r\nabc\r\n"));
    b.upstream().complete();
    QCOMPARE(b.client.take(), "0\r\n\r\n");
    QCOMPARE(b.client.called(), "next");
    QCOMPARE(b.recordedEnd(), ExchangeEnd::Complete);
}

void TestExchange::theUpstreamIsPausedWhileTheClientIsSlow() {
    Bench b;
    Exchange& exchange = b.start(kGet);
    b.upstream().respond(200, {}, kChunked);
    b.upstream().send("abc");
    QVERIFY(b.upstream().isReading);
    exchange.clientWritable();
    QVERIFY(b.upstream().isReading);
    b.client.isCongested = true;
    b.upstream().send("def");
    QVERIFY(!b.upstream().isReading);
    b.client.isCongested = false;
    QVERIFY(!b.upstream().isReading);
    exchange.clientWritable();
    QVERIFY(b.upstream().isReading);
    b.upstream().send("ghi");
    QVERIFY(b.upstream().isReading);
}

void TestExchange::interimResponsesPauseTheUpstreamAsWell() {
    Bench b;
    Exchange& exchange = b.start(kGet);
    b.client.isCongested = true;
    ResponseHead hints;
    hints.status = 103;
    b.upstream().observer->upstreamInterim(hints);
    QVERIFY(b.client.take().startsWith("HTTP/1.1 103 "));
    QVERIFY(!b.upstream().isReading);
    exchange.clientWritable();
    QVERIFY(b.upstream().isReading);
}

void TestExchange::anUploadIsHeldWhileTheUpstreamIsSlow() {
    Bench b;
    Exchange& exchange = b.start(kPost);
    exchange.requestBytes("ab");
    QCOMPARE(b.client.called(), QByteArray());
    b.upstream().isCongested = true;
    exchange.requestBytes("c");
    exchange.requestBytes("d");
    QCOMPARE(b.client.called(), "hold");
    b.upstream().isCongested = false;
    b.upstream().observer->upstreamWritable();
    b.upstream().observer->upstreamWritable();
    QCOMPARE(b.client.called(), "hold go on");
    exchange.requestEnded({});
    QCOMPARE(b.upstream().content, "abcd");
    QVERIFY(b.upstream().isFinished);
}

void TestExchange::aLocalResponseWaitsForTheContent_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("waits");
    QTest::newRow("of a length that is read") << QByteArray("Content-Length: 4") << true;
    QTest::newRow("but not of a larger one") << QByteArray("Content-Length: 2000000") << false;
    QTest::newRow("nor of one without a length")
        << QByteArray("Transfer-Encoding: chunked") << false;
    QTest::newRow("nor of one that is not sent without a word of ours")
        << QByteArray("Content-Length: 4\nExpect: 100-continue") << false;
}

void TestExchange::aLocalResponseWaitsForTheContent() {
    QFETCH(const QByteArray, lines);
    QFETCH(const bool, waits);
    Bench b;
    Exchange& exchange = b.start("POST /local HTTP/1.1\nHost: localhost:8899\n" + lines);
    QCOMPARE(b.client.called(), waits ? "" : "close");
    if (waits) {
        exchange.requestBytes("abcd");
        QCOMPARE(b.client.take(), QByteArray());
        exchange.requestEnded({});
        QCOMPARE(b.client.called(), "next");
    }
    QVERIFY(b.client.take().endsWith("\r\n\r\nlocal"));
    QVERIFY(exchange.isOver());
}

void TestExchange::anEarlyResponseClosesAfterItsEnd() {
    Bench b;
    Exchange& exchange = b.start(kPost);
    exchange.requestBytes("a");
    b.upstream().respond(413, {"Content-Length: 2"}, {BodyKind::Length, 2});
    QVERIFY(exchange.takesRequest());
    b.upstream().send("no");
    const auto upstream = b.transport->scripts.back();
    upstream->complete();
    const QByteArray sent = b.client.take();
    QVERIFY(sent.contains("\r\nConnection: close\r\n"));
    QVERIFY(sent.endsWith("\r\n\r\nno"));
    QCOMPARE(b.client.called(), "close");
    QVERIFY(!upstream->observer);
}

void TestExchange::commentsGoIntoASilentEventStream() {
    Bench b;
    b.start(kGet);
    b.upstream().respond(200, kEventStream, kChunked);
    // Before the first bytes none: a byte order mark may come with them.
    b.pass(seconds(60));
    b.upstream().send("\xef\xbb\xbf");
    b.pass(seconds(60));
    b.upstream().send("data: 1\n\n");
    QVERIFY(!b.client.take().contains("keepalive"));
    b.pass(seconds(16));
    QCOMPARE(b.client.take(), "d\r\n: keepalive\n\n\r\n");
    b.pass(seconds(16));
    QCOMPARE(b.client.take(), "d\r\n: keepalive\n\n\r\n");
    b.upstream().send("data: 2\n");
    QCOMPARE(b.client.take(), "8\r\ndata: 2\n\r\n");
    b.pass(seconds(60));
    QCOMPARE(b.client.take(), QByteArray());
    b.upstream().send("\n");
    b.upstream().complete();
    QCOMPARE(b.client.take(), "1\r\n\n\r\n0\r\n\r\n");
    b.pass(seconds(60));
    QCOMPARE(b.client.take(), QByteArray());
}

void TestExchange::whatCommentsMayStandIn_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<bool>("may");
    const auto row = [](const char* tag, const QByteArrayList& fields, bool may) {
        QTest::newRow(tag) << 200 << fields << kChunked << may;
    };
    row("an event stream", kEventStream, true);
    row("in any letter case, with a parameter", {"Content-Type: Text/Event-Stream;charset=utf-8"},
        true);
    row("a type that only begins like it", {"Content-Type: text/event-stream-batch"}, false);
    row("another subtype", {"Content-Type: text/event-stream+json"}, false);
    row("more than a type", {"Content-Type: text/event-stream, text/html"}, false);
    row("two types", {kEventStream.first(), "Content-Type: text/html"}, false);
    row("no type", {}, false);
    row("with a content coding", {kEventStream.first(), "Content-Encoding: gzip"}, false);
    row("not to be transformed", {kEventStream.first(), "Cache-Control: no-transform"}, false);
    QTest::newRow("with a length")
        << 200 << kEventStream << Framing{BodyKind::Length, 100} << false;
    QTest::newRow("an error") << 500 << kEventStream << kChunked << false;
}

void TestExchange::whatCommentsMayStandIn() {
    QFETCH(const int, status);
    QFETCH(const QByteArrayList, fields);
    QFETCH(const Framing, framing);
    QFETCH(const bool, may);
    Bench b;
    b.start(kGet);
    b.upstream().respond(status, fields, framing);
    b.upstream().send("data: 1\n\n");
    b.pass(seconds(16));
    QCOMPARE(b.client.take().contains("keepalive"), may);
}

void TestExchange::aSlowClientGetsNoComments() {
    Bench b;
    b.start(kGet);
    b.upstream().respond(200, kEventStream, kChunked);
    b.upstream().send("data: 1\n\n");
    b.client.isCongested = true;
    b.pass(seconds(16));
    QVERIFY(!b.client.take().contains("keepalive"));
    b.client.isCongested = false;
    b.pass(seconds(16));
    QVERIFY(b.client.take().contains("keepalive"));
}

void TestExchange::aTunnelGetsBothStreams() {
    Bench b;
    const Exchange& exchange = b.start("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443");
    b.connector.establish();
    QCOMPARE(b.client.take(), "HTTP/1.1 200 Connection established\r\n\r\n");
    QCOMPARE(b.client.called(), "tunnel");
    QVERIFY(b.client.stream);
    QVERIFY(b.client.isRecorderGiven);
    QVERIFY(exchange.isOver());
}

void TestExchange::aSwitchGetsBothStreams() {
    Bench b;
    b.start("GET /x HTTP/1.1\nHost: localhost:8899\nConnection: Upgrade\nUpgrade: websocket\n"
            "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    ResponseHead head;
    head.status = 101;
    head.reason = "Switching Protocols";
    head.fields.append("Upgrade", "websocket");
    StreamScript script;
    const auto stream = std::make_unique<FakeStream>(script);
    const auto upstream = b.transport->scripts.back();
    upstream->observer->upstreamSwitched(head, StreamPtr(stream.get()), "early");
    QVERIFY(b.client.take().startsWith("HTTP/1.1 101 Switching Protocols\r\n"));
    QCOMPARE(b.client.called(), "tunnel");
    QCOMPARE(b.client.early, "early");
    QVERIFY(b.client.isRecorderGiven);
    QVERIFY(!upstream->observer);
    b.client.stream.reset();
    QVERIFY(script.isReleased);
}

void TestExchange::liveRecordsGetTheHandshake() {
    Bench b;
    b.start("GET /_sallyport/events HTTP/1.1\nHost: localhost:8899\nConnection: Upgrade\n"
            "Upgrade: websocket\nSec-WebSocket-Version: 13\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\nAuthorization: Bearer t");
    QCOMPARE(b.client.called(), "events");
    QVERIFY(b.client.handshake.startsWith("GET /_sallyport/events HTTP/1.1\r\n"));
    QVERIFY(b.client.isRecorderGiven);
    QCOMPARE(b.client.take(), QByteArray());
}

void TestExchange::trailersGoToClientsThatTakeThem_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("a client that says it takes them")
        << QByteArray("\nTE: trailers\nConnection: TE") << QByteArray("0\r\nX-Sum: 1\r\n\r\n");
    QTest::newRow("not a client that does not") << QByteArray() << QByteArray("0\r\n\r\n");
}

void TestExchange::trailersGoToClientsThatTakeThem() {
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, end);
    Bench b;
    b.start(kGet + line);
    b.upstream().respond(200, {}, kChunked);
    b.upstream().send("a");
    b.client.sent.clear();
    FieldList trailers;
    trailers.append("X-Sum", "1");
    b.upstream().complete(trailers);
    QCOMPARE(b.client.take(), end);
}

void TestExchange::whatCannotBeReadIsRefusedAndClosed_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("hasContent");
    QTest::newRow("no method") << QByteArray() << true;
    QTest::newRow("a GET") << QByteArray("GET") << true;
    QTest::newRow("a HEAD has no content") << QByteArray("HEAD") << false;
}

void TestExchange::whatCannotBeReadIsRefusedAndClosed() {
    QFETCH(const QByteArray, method);
    QFETCH(const bool, hasContent);
    Bench b;
    RequestHead head;
    head.method = method;
    b.make(head, {}).refuse({ErrorCode::HeadTooLarge, Side::Downstream, {}});
    const QByteArray sent = b.client.take();
    QVERIFY(sent.startsWith("HTTP/1.1 431 "));
    QVERIFY(sent.contains("\r\nConnection: close\r\n"));
    QCOMPARE(!sent.endsWith("\r\n\r\n"), hasContent);
    QCOMPARE(b.client.called(), "close");
    QCOMPARE(b.recordedEnd(), ExchangeEnd::Refused);
}

void TestExchange::aNameOfTheClientIsNotLookedForInTheRoutes() {
    Bench b;
    b.start("CONNECT a.test:443 HTTP/1.1\nHost: a.test:443");
    b.connector.refuse(StreamFault::ResolveFailed);
    const QByteArray sent = b.client.take();
    QVERIFY(sent.contains("a.test:443"));
    QVERIFY(!sent.contains("routes.yaml"));
}

void TestExchange::aKeyAsTheNameOfAHostIsMasked() {
    const QByteArray key = "sk-ant-api03-0123456789abcdefghij";
    Bench b;
    b.start("GET http://" + key + "/ HTTP/1.1\nHost: " + key);
    b.connector.refuse(StreamFault::ResolveFailed);
    const QByteArray got = b.client.take();
    QVERIFY(got.startsWith("HTTP/1.1 502 "));
    QVERIFY2(!got.contains("0123456789"), got.constData());
    for (const ExchangeRecord& record : b.records())
        QVERIFY2(!record.error.contains(QLatin1String("0123456789")), qPrintable(record.error));
}

void TestExchange::nothingIsSharedOnceItIsOver() {
    Bench b;
    const std::weak_ptr<const RuleSet> rules = b.context.rules;
    b.start(kGet);
    b.upstream().respond(200, {"Content-Length: 0"}, {BodyKind::Length, 0});
    b.context.rules.reset();
    QVERIFY(!rules.expired());
    b.upstream().complete();
    QVERIFY(rules.expired());
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
