// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "core/upstream/sockettransport.h"
#include "recordingupstream.h"
#include "tests/net/loopbackpeer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

UpstreamTarget targetOn(quint16 port, const QByteArray& basePath = {}) {
    UpstreamTarget target;
    target.host = "127.0.0.1";
    target.port = port;
    target.basePath = basePath;
    target.authority = "127.0.0.1:" + QByteArray::number(port);
    return target;
}

quint16 closedPort() {
    const LoopbackServer server;
    return server.port();
}

/// A transport toward a scripted origin on loopback.
struct Bench {
    explicit Bench(const std::function<void(SocketTransportOptions&)>& change = {}) {
        SocketTransportOptions options;
        options.targets = {targetOn(origin.port())};
        if (change) change(options);
        transport = makeSocketTransport(*reactor, deadlines, std::move(options));
    }
    /// Starts a request; without content the method decides the rest.
    void start(const QByteArray& method, Framing framing = {}) {
        UpstreamRequest request;
        request.method = method;
        request.target = "/v1/messages?beta=true";
        request.fields.append("Accept", "*/*");
        request.framing = framing;
        startWith(std::move(request));
    }
    void startWith(UpstreamRequest request) {
        exchange.reset();
        observer = std::make_unique<RecordingUpstream>();
        exchange = transport->start(std::move(request), *observer);
    }
    /// The next connection at the origin.
    [[nodiscard]] LoopbackPeer accept() { return acceptOn(origin); }
    [[nodiscard]] static LoopbackPeer acceptOn(LoopbackServer& server) {
        LoopbackPeer peer = server.accept();
        for (QElapsedTimer t = startedTimer(); peer.descriptor() < 0 && t.elapsed() < 5000;) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
            peer = server.accept();
        }
        return peer;
    }
    /// Reads at the origin until `end` has come.
    static QByteArray readUntil(LoopbackPeer& peer, const QByteArray& end) {
        QByteArray got;
        for (QElapsedTimer t = startedTimer(); !got.endsWith(end) && t.elapsed() < 5000;) {
            got += peer.receive();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        }
        return got;
    }
    bool waitOver() const {
        for (QElapsedTimer t = startedTimer(); !observer->isOver && t.elapsed() < 5000;)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        return observer->isOver;
    }
    static QElapsedTimer startedTimer() {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }
    static void spin(int turns = 10) {
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
    /// One GET with an empty response, whose connection is in the pool afterwards.
    LoopbackPeer warm() {
        start("GET");
        LoopbackPeer peer = accept();
        readUntil(peer, "\r\n\r\n");
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        waitOver();
        return peer;
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    LoopbackServer origin;
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    std::unique_ptr<UpstreamTransport> transport;
    std::unique_ptr<RecordingUpstream> observer;
    std::unique_ptr<UpstreamExchange> exchange;
};

constexpr Framing chunked() { return {BodyKind::Chunked, 0}; }
constexpr Framing length(quint64 bytes) { return {BodyKind::Length, bytes}; }

} // namespace

Q_DECLARE_METATYPE(Framing)

class TestSocketTransport : public QObject {
    Q_OBJECT

private slots:
    void writesTheHeadAsAGatewayShould() {
        Bench b([](SocketTransportOptions& o) { o.targets[0].basePath = "/llm"; });
        b.start("GET");
        LoopbackPeer peer = b.accept();
        QCOMPARE(Bench::readUntil(peer, "\r\n\r\n"),
                 "GET /llm/v1/messages?beta=true HTTP/1.1\r\nHost: 127.0.0.1:" +
                     QByteArray::number(b.origin.port()) + "\r\nAccept: */*\r\n\r\n");
    }

    void tellsTheStoryOfAResponse_data() {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<bool>("ends");
        QTest::addColumn<QByteArray>("story");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* tag, const char* response, bool ends, const char* story,
                            const char* body) {
            QTest::newRow(tag) << QByteArray(response) << ends << QByteArray(story)
                               << QByteArray(body);
        };
        row("a response with a length is whole at its length",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false,
            "connected, sent, head 200, body, complete", "hello");
        row("a chunked response is whole at its last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", false,
            "connected, sent, head 200, body, complete", "hello");
        row("a response until close is whole at the close", "HTTP/1.1 200 OK\r\n\r\nhello", true,
            "connected, sent, head 200, body, complete", "hello");
        row("a response without content is whole at its head", "HTTP/1.1 204 No Content\r\n\r\n",
            false, "connected, sent, head 204, complete", "");
        row("interim responses come before the final one",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            false, "connected, sent, interim 103, interim 102, head 200, body, complete", "ok");
        row("a length that is cut short is a failure",
            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", true,
            "connected, sent, head 200, body, failed", "hello");
        row("a chunked response without its last chunk is a failure",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", true,
            "connected, sent, head 200, body, failed", "hello");
        row("an end in mid-head is a failure", "HTTP/1.1 200 OK\r\nContent-Le", true,
            "connected, sent, failed", "");
        row("an end before a response is a failure", "", true, "connected, sent, failed", "");
        row("what is not HTTP is a failure", "SSH-2.0-OpenSSH_9.2\r\n", false,
            "connected, sent, failed", "");
        row("a 101 that nobody asked for is a failure",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", false,
            "connected, sent, failed", "");
        row("two differing lengths are a failure",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", false,
            "connected, sent, failed", "");
    }
    void tellsTheStoryOfAResponse() {
        QFETCH(QByteArray, response);
        QFETCH(bool, ends);
        QFETCH(QByteArray, story);
        QFETCH(QByteArray, body);
        Bench b;
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        QVERIFY(b.observer->events.isEmpty());
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "{}");
        peer.send(response);
        if (ends) peer.finishWriting();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), story);
        QCOMPARE(b.observer->body, body);
        if (story.endsWith("failed")) {
            QCOMPARE(b.observer->error.side, Side::Upstream);
            QVERIFY(!b.observer->error.detail.isEmpty());
        }
    }

    void aResponseMayComeInPiecesOfOneByte() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        const QByteArray response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "5\r\nhello\r\n0\r\nDigest: x\r\n\r\n";
        for (const char c : response) {
            peer.send(QByteArrayView(&c, 1));
            Bench::spin(2);
        }
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->body, QByteArray("hello"));
        QCOMPARE(b.observer->trailers.size(), 1U);
    }

    void aResetInMidResponseIsAFailure() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        peer.send("HTTP/1.1 200 OK\r\n\r\nuntil close"); // and a reset is no close
        QTRY_COMPARE(b.observer->body, QByteArray("until close"));
        peer.reset();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
    }

    void aFloodOfInterimResponsesIsCut() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        for (int i = 0; i < 40; ++i)
            peer.send("HTTP/1.1 103 Early Hints\r\n\r\n");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamProtocol);
        QCOMPARE(b.observer->events.count("interim 103"), 32);
    }

    void headAndContentLeaveInOneWrite() {
        Bench b;
        LoopbackPeer peer = b.warm();
        b.start("POST", length(5));
        b.exchange->sendBody("hello");
        b.exchange->finishBody({});
        // Both were written inside the calls: one recv() at the origin gets both.
        const QByteArray got = peer.receive();
        QVERIFY(got.startsWith("POST "));
        QVERIFY(got.endsWith("\r\n\r\nhello"));
    }

    void aHeadDoesNotWaitForLateContent() {
        Bench b;
        LoopbackPeer peer = b.warm();
        b.start("POST", length(5));
        QVERIFY(Bench::readUntil(peer, "\r\n\r\n").contains("Content-Length: 5\r\n"));
        QCOMPARE(b.observer->story(), QByteArray("connected"));
        peer.send("HTTP/1.1 100 Continue\r\n\r\n");
        QTRY_COMPARE(b.observer->story(), QByteArray("connected, interim 100"));
        b.exchange->sendBody("hello");
        b.exchange->finishBody({});
        QCOMPARE(Bench::readUntil(peer, "hello"), QByteArray("hello"));
        QTRY_COMPARE(b.observer->story(), QByteArray("connected, interim 100, sent"));
    }

    void contentOfUnknownLengthIsChunked() {
        Bench b;
        b.start("POST", chunked());
        b.exchange->sendBody("first");
        LoopbackPeer peer = b.accept();
        QVERIFY(Bench::readUntil(peer, "5\r\nfirst\r\n").contains("Transfer-Encoding: chunked"));
        b.exchange->sendBody("second, longer");
        FieldList trailers;
        trailers.append("Digest", "x");
        b.exchange->finishBody(trailers);
        QCOMPARE(Bench::readUntil(peer, "\r\n\r\n"),
                 QByteArray("e\r\nsecond, longer\r\n0\r\nDigest: x\r\n\r\n"));
    }

    void aBrokenPromiseOfLengthIsCut_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("more content than announced") << QByteArray("123456");
        QTest::newRow("less content than announced") << QByteArray("1234");
    }
    void aBrokenPromiseOfLengthIsCut() {
        QFETCH(QByteArray, content);
        Bench b;
        LoopbackPeer peer = b.warm();
        b.start("POST", length(5));
        b.exchange->sendBody(content);
        b.exchange->finishBody({});
        QVERIFY(!b.observer->isOver); // not from inside a call
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::Internal);
        QTRY_VERIFY((peer.receive(), peer.isAtEnd || peer.error));
    }

    void aPooledConnectionServesAgain() {
        Bench b;
        LoopbackPeer peer = b.warm();
        QVERIFY(!b.observer->facts->isReused);
        for (int i = 0; i < 5; ++i) {
            b.start("GET");
            Bench::readUntil(peer, "\r\n\r\n");
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            QVERIFY(b.waitOver());
            QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 200, body, complete"));
            QVERIFY(b.observer->facts->isReused);
        }
        QCOMPARE(b.origin.accept().descriptor(), -1);
    }

    void theNextExchangeMayBeginInTheLastCall() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        RecordingUpstream second;
        std::unique_ptr<UpstreamExchange> next;
        b.observer->onEvent = [&](const QByteArray& event) {
            if (event != "complete") return;
            UpstreamRequest request;
            request.method = "GET";
            request.target = "/second";
            next = b.transport->start(std::move(request), second);
        };
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        QVERIFY(Bench::readUntil(peer, "\r\n\r\n").startsWith("GET /second"));
        peer.send("HTTP/1.1 204 No Content\r\n\r\n");
        QTRY_COMPARE(second.story(), QByteArray("connected, sent, head 204, complete"));
        QVERIFY(second.facts->isReused);
    }

    void aConnectionIsNotReused_data() {
        QTest::addColumn<QByteArray>("response");
        const auto row = [](const char* tag, const char* response) {
            QTest::newRow(tag) << QByteArray(response);
        };
        row("when the response says close",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        row("when the origin speaks HTTP/1.0",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        row("when bytes stand behind the response",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\npoison");
    }
    void aConnectionIsNotReused() {
        QFETCH(QByteArray, response);
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        peer.send(response);
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->events.last(), QByteArray("complete"));
        QTRY_VERIFY((peer.receive(), peer.isAtEnd || peer.error));
    }

    void bytesOnAnIdleConnectionEndIt() {
        Bench b;
        LoopbackPeer peer = b.warm();
        peer.send("HTTP/1.1 200 OK\r\n\r\npoison");
        QTRY_VERIFY((peer.receive(), peer.isAtEnd || peer.error));
        b.start("GET");
        QVERIFY(b.accept().descriptor() >= 0);
    }

    void surplusThatIsNotYetReadIsNoticedBeforeUse() {
        Bench b;
        LoopbackPeer peer = b.warm();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        b.start("GET"); // without a turn of the event loop in between
        LoopbackPeer fresh = b.accept();
        Bench::readUntil(fresh, "\r\n\r\n");
        fresh.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->body, QByteArray("good"));
    }

    void anIdleConnectionIsLetGoInTime() {
        Bench b([](SocketTransportOptions& o) { o.idleFor = 50ms; });
        LoopbackPeer peer = b.warm();
        QTRY_VERIFY((peer.receive(), peer.isAtEnd));
    }

    void atMostSoManyConnectionsAreKept() {
        Bench b([](SocketTransportOptions& o) { o.maxIdle = 2; });
        std::vector<std::unique_ptr<RecordingUpstream>> observers;
        std::vector<std::unique_ptr<UpstreamExchange>> exchanges;
        std::vector<LoopbackPeer> peers;
        for (int i = 0; i < 4; ++i) {
            observers.push_back(std::make_unique<RecordingUpstream>());
            UpstreamRequest request;
            request.method = "GET";
            request.target = "/";
            exchanges.push_back(b.transport->start(std::move(request), *observers.back()));
            peers.push_back(b.accept());
            Bench::readUntil(peers.back(), "\r\n\r\n");
        }
        for (auto& peer : peers)
            peer.send("HTTP/1.1 204 No Content\r\n\r\n");
        for (const auto& observer : observers)
            QTRY_VERIFY(observer->isOver);
        Bench::spin();
        qsizetype closed = 0;
        for (auto& peer : peers) {
            peer.receive();
            if (peer.isAtEnd || peer.error) ++closed;
        }
        QCOMPARE(closed, 2);
    }

    void aStaleConnectionIsReplacedOnceForSafeMethods_data() {
        QTest::addColumn<QByteArray>("method");
        for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE"})
            QTest::addRow("%s is sent again", method) << QByteArray(method);
    }
    void aStaleConnectionIsReplacedOnceForSafeMethods() {
        QFETCH(QByteArray, method);
        Bench b;
        LoopbackPeer stale = b.warm();
        b.start(method);
        Bench::readUntil(stale, "\r\n\r\n");
        stale.close(); // after it took the request
        LoopbackPeer fresh = b.accept();
        QVERIFY(Bench::readUntil(fresh, "\r\n\r\n").startsWith(method));
        fresh.send("HTTP/1.1 204 No Content\r\n\r\n");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 204, complete"));
    }

    void aNewConnectionThatEndsIsNotTriedAgain() {
        Bench b;
        LoopbackPeer stale = b.warm();
        b.start("GET");
        Bench::readUntil(stale, "\r\n\r\n");
        stale.close();
        LoopbackPeer fresh = b.accept();
        Bench::readUntil(fresh, "\r\n\r\n");
        fresh.close();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.origin.accept().descriptor(), -1);
    }

    void whatCameTooLateIsSentAgain_data() {
        QTest::addColumn<bool>("byReset");
        QTest::addColumn<Framing>("framing");
        QTest::newRow("closed, and a length") << false << length(5);
        QTest::newRow("closed, and chunked") << false << chunked();
        QTest::newRow("reset, and a length") << true << length(5);
        QTest::newRow("reset, and chunked") << true << chunked();
    }
    void whatCameTooLateIsSentAgain() {
        QFETCH(const bool, byReset);
        QFETCH(const Framing, framing);
        Bench b;
        LoopbackPeer stale = b.warm();
        b.start("POST", framing); // the connection was still quiet
        if (byReset)
            stale.reset();
        else
            stale.close();
        b.exchange->sendBody("hello");
        b.exchange->finishBody({});
        LoopbackPeer fresh = b.accept();
        QVERIFY(Bench::readUntil(fresh, framing.kind == BodyKind::Length ? "hello" : "0\r\n\r\n")
                    .contains("hello"));
        fresh.send("HTTP/1.1 204 No Content\r\n\r\n");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 204, complete"));
    }

    void whatWasReadBeforeAResetIsNotSentAgain() {
        Bench b;
        LoopbackPeer stale;
        for (int i = 0; i < 20; ++i) { // until the kernel delays its acknowledgements
            b.start("GET");
            if (stale.descriptor() < 0) stale = b.accept();
            Bench::readUntil(stale, "\r\n\r\n");
            stale.send("HTTP/1.1 204 No Content\r\n\r\n");
            QVERIFY(b.waitOver());
        }
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        QVERIFY(stale.receive().endsWith("{}"));
        stale.reset();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.origin.accept().descriptor(), -1);
    }

    void whatMayHaveActedIsNeverSentTwice_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a POST with content") << QByteArray("POST") << QByteArray("{}");
        QTest::newRow("a POST without content") << QByteArray("POST") << QByteArray();
        QTest::newRow("a GET with content") << QByteArray("GET") << QByteArray("{}");
        QTest::newRow("a DELETE") << QByteArray("DELETE") << QByteArray();
        QTest::newRow("a PUT with content") << QByteArray("PUT") << QByteArray("{}");
    }
    void whatMayHaveActedIsNeverSentTwice() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, content);
        Bench b;
        LoopbackPeer stale = b.warm();
        const auto size = static_cast<quint64>(content.size());
        b.start(method, content.isEmpty() ? Framing{} : length(size));
        if (!content.isEmpty()) {
            b.exchange->sendBody(content);
            b.exchange->finishBody({});
        }
        Bench::readUntil(stale, content.isEmpty() ? QByteArray("\r\n\r\n") : content);
        stale.close();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(b.origin.accept().descriptor(), -1);
    }

    void aResponseMayComeBeforeTheUploadHasEnded() {
        Bench b;
        b.start("POST", length(1'000'000));
        b.exchange->sendBody(QByteArray(1000, 'x'));
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "xxx");
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, head 413, body, complete"));
        b.exchange->sendBody("ignored from here on");
        // The rest of the request will not come: nothing else may use this connection.
        QTRY_VERIFY((peer.receive(), peer.isAtEnd || peer.error));
    }

    void aResponseBeforeAResetIsStillRead() {
        Bench b;
        b.start("POST", length(100'000'000));
        LoopbackPeer peer = b.accept();
        b.exchange->sendBody(QByteArray(4'000'000, 'x'));
        Bench::spin(3);
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!");
        peer.close(); // with bytes unread, so it is a reset
        b.exchange->sendBody(QByteArray(1000, 'y'));
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->events.last(), QByteArray("complete"));
        QCOMPARE(b.observer->body, QByteArray("no!"));
    }

    void aSwitchHandsTheStreamOver() {
        Bench b;
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/socket";
        request.upgrade = "websocket";
        b.startWith(std::move(request));
        LoopbackPeer peer = b.accept();
        const QByteArray got = Bench::readUntil(peer, "\r\n\r\n");
        QVERIFY(got.contains("\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"));
        peer.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: upgrade\r\n\r\nearly frame");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, switched"));
        QCOMPARE(b.observer->early, QByteArray("early frame"));
        b.exchange.reset();
        b.observer->stream->write("from us");
        QCOMPARE(Bench::readUntil(peer, "from us"), QByteArray("from us"));
    }

    void aRefusedUpgradeIsAPlainResponse() {
        Bench b;
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/socket";
        request.upgrade = "websocket";
        b.startWith(std::move(request));
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        peer.send("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 426, body, complete"));
    }

    void aRefusedConnectionSaysThatNothingWasSent() {
        Bench b([](SocketTransportOptions& o) { o.targets = {targetOn(closedPort())}; });
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("failed"));
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamRefused);
        QCOMPARE(b.observer->error.side, Side::Upstream);
        QVERIFY(b.observer->error.detail.contains(u"refused"));
    }

    void theNextTargetIsTriedWhenNothingWasSent() {
        LoopbackServer second;
        Bench b([&](SocketTransportOptions& o) {
            o.targets = {targetOn(closedPort()), targetOn(second.port(), "/b")};
        });
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        LoopbackPeer peer = Bench::acceptOn(second);
        const QByteArray got = Bench::readUntil(peer, "{}");
        QVERIFY(got.startsWith("POST /b/v1/messages"));
        QVERIFY(got.endsWith("\r\n\r\n{}"));
        QTRY_COMPARE(b.observer->story(), QByteArray("connected, sent"));
        QCOMPARE(b.observer->facts->peer.port, second.port());
    }

    void aTargetThatTookTheRequestIsTheLast() {
        LoopbackServer second;
        Bench b([&](SocketTransportOptions& o) { o.targets.push_back(targetOn(second.port())); });
        b.start("POST", length(2));
        b.exchange->sendBody("{}");
        b.exchange->finishBody({});
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "{}");
        peer.close();
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamReset);
        QCOMPARE(second.accept().descriptor(), -1);
    }

    void anAddressThatIsNotAllowedIsBlocked() {
        Bench b([](SocketTransportOptions& o) {
            o.mayConnect = [](const QHostAddress&) { return false; };
        });
        b.start("GET");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::Blocked);
    }

    void aNameWithoutAddressFails() {
        Bench b([](SocketTransportOptions& o) { o.targets[0].host = "no-such-host.invalid"; });
        b.start("GET");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamResolve);
    }

    void silenceBeforeTheResponseTimesOut() {
        Bench b([](SocketTransportOptions& o) { o.timeouts.firstByte = 60ms; });
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamFirstByteTimeout);
    }

    void silenceInMidResponseTimesOut() {
        Bench b([](SocketTransportOptions& o) { o.timeouts.idle = 60ms; });
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 200, body, failed"));
        QCOMPARE(b.observer->error.code, ErrorCode::UpstreamIdleTimeout);
    }

    void whoHoldsTheOriginBackDoesNotTimeOut() {
        Bench b([](SocketTransportOptions& o) { o.timeouts.idle = 50ms; });
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        b.observer->onEvent = [&](const QByteArray& e) {
            if (e == "body") b.exchange->setReading(false);
        };
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
        QTest::qWait(150);
        QVERIFY(!b.observer->isOver);
        b.observer->onEvent = {};
        peer.send("llo");
        b.exchange->setReading(true);
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->body, QByteArray("hello"));
    }

    void readingOffHoldsTheOriginBack() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        b.observer->onEvent = [&](const QByteArray& e) {
            if (e == "head 200") b.exchange->setReading(false);
        };
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n");
        QTRY_COMPARE(b.observer->events.last(), QByteArray("head 200"));
        b.observer->onEvent = {};
        const QByteArray piece(65536, 'x');
        qint64 sent = 0;
        for (int refusals = 0; refusals < 30 && sent < 67108864;) {
            const auto n = peer.send(piece);
            if (n > 0)
                sent += n;
            else
                ++refusals;
            Bench::spin(1);
        }
        QVERIFY(sent < 32 * 1024 * 1024);
        QVERIFY(b.observer->total <= 32 * 1024);
        b.exchange->setReading(true);
        QTRY_COMPARE(b.observer->total, sent);
    }

    void aSlowOriginCongestsTheUpload() {
        Bench b;
        constexpr quint64 kAll = 64ULL * 1024 * 1024;
        b.start("PUT", length(kAll));
        const QByteArray piece(65536, 'x');
        quint64 given = 0;
        const auto pour = [&] {
            while (!b.exchange->isCongested() && given < kAll) {
                b.exchange->sendBody(piece);
                given += 65536;
            }
            if (given == kAll) b.exchange->finishBody({});
        };
        pour();
        QVERIFY(given < 512 * 1024); // nothing is connected yet
        b.observer->onEvent = [&](const QByteArray& e) {
            if (e == "writable") pour();
        };
        LoopbackPeer peer = b.accept();
        Bench::spin(20);
        QVERIFY(given < kAll / 2);
        quint64 got = 0;
        while (got < kAll) {
            got += static_cast<quint64>(peer.receive().size());
            Bench::spin(1);
        }
        QTRY_COMPARE(b.observer->events.last(), QByteArray("sent"));
        peer.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->events.last(), QByteArray("complete"));
    }

    void cancellingClosesAtOnce_data() {
        QTest::addColumn<QByteArray>("response");
        QTest::newRow("before the head") << QByteArray();
        QTest::newRow("in mid-response")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
    }
    void cancellingClosesAtOnce() {
        QFETCH(QByteArray, response);
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        peer.send(response);
        Bench::spin();
        b.exchange.reset();
        peer.receive();
        QVERIFY(peer.isAtEnd || peer.error);
        const auto events = b.observer->events;
        Bench::spin();
        QCOMPARE(b.observer->events, events);
    }

    void lettingGoInsideEachCallIsSafe_data() {
        QTest::addColumn<QByteArray>("event");
        for (const char* event :
             {"connected", "sent", "interim 103", "head 200", "body", "complete"})
            QTest::addRow("in %s", event) << QByteArray(event);
    }
    void lettingGoInsideEachCallIsSafe() {
        QFETCH(QByteArray, event);
        for (const bool isReused : {false, true}) {
            Bench b;
            LoopbackPeer peer;
            if (isReused) peer = b.warm();
            b.start("GET");
            b.observer->onEvent = [&](const QByteArray& e) {
                if (e == event) b.exchange.reset();
            };
            if (!isReused) peer = b.accept();
            Bench::readUntil(peer, "\r\n\r\n");
            peer.send("HTTP/1.1 103 Early Hints\r\n\r\n"
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n");
            QTRY_VERIFY(!b.exchange);
            Bench::spin();
            QVERIFY(b.observer->events.last() == event);
        }
    }

    void anExchangeMayOutliveItsTransport() {
        Bench b;
        b.start("GET");
        LoopbackPeer peer = b.accept();
        Bench::readUntil(peer, "\r\n\r\n");
        b.transport.reset();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QVERIFY(b.waitOver());
        QCOMPARE(b.observer->body, QByteArray("ok"));
        QTRY_VERIFY((peer.receive(), peer.isAtEnd));
    }

    void manyExchangesRunSideBySide() {
        Bench b;
        constexpr std::size_t kExchanges = 200;
        std::vector<RecordingUpstream> observers(kExchanges);
        std::vector<std::unique_ptr<UpstreamExchange>> exchanges;
        std::vector<LoopbackPeer> peers;
        for (std::size_t i = 0; i < kExchanges; ++i) {
            UpstreamRequest request;
            request.method = "GET";
            request.target = "/" + QByteArray::number(i);
            exchanges.push_back(b.transport->start(std::move(request), observers[i]));
        }
        for (std::size_t i = 0; i < kExchanges; ++i) {
            peers.push_back(b.accept());
            const QByteArray got = Bench::readUntil(peers.back(), "\r\n\r\n");
            const QByteArray path = got.split(' ').value(1);
            const QByteArray response =
                "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(path.size()) +
                "\r\n\r\n" + path;
            peers.back().send(response);
        }
        for (std::size_t i = 0; i < kExchanges; ++i)
            QTRY_COMPARE(observers[i].body, QByteArray("/" + QByteArray::number(i)));
    }
};

QTEST_GUILESS_MAIN(TestSocketTransport)
#include "tests/support/errornames.h"
#include "tst_sockettransport.moc"
