// SPDX-License-Identifier: MIT
// WebSockets between peers that a test plays byte for byte; tst_websocketpeers has real ones.
#include "tests/engine/websocketrig.h"

using namespace sallyport;
using namespace sallyport::test;

class TestWebSocket : public QObject {
    Q_OBJECT
private slots:
    void earlyFramesOfBothSidesArrive_data() { addWays(); }
    void earlyFramesOfBothSidesArrive();
    void compressedMessagesAreReadInTheCopy_data() { addWays(); }
    void compressedMessagesAreReadInTheCopy();
    void theHandshakePassesAsItIs();
    void anAbruptEndReachesTheOtherSide_data();
    void anAbruptEndReachesTheOtherSide();
    void theSideThatIsLeftMayStillSpeak_data() { addWays(); }
    void theSideThatIsLeftMayStillSpeak();
    void whatIsNoWebSocketStaysAsItIs_data() { addWays(); }
    void whatIsNoWebSocketStaysAsItIs();
    void aRefusalIsAPlainResponse_data();
    void aRefusalIsAPlainResponse();
    void aRefusalInsideConnectIsPassedOn();
    void aRequestThatIsNoHandshakeIsAPlainOne_data();
    void aRequestThatIsNoHandshakeIsAPlainOne();
    void aSwitchThatNobodyAskedForIsAnError();
    void aKeyInAMessageIsNotKept();
};

namespace {

/// Both ends of a WebSocket that stands.
struct Ends {
    LoopbackPeer client, origin;
    QByteArray toClient, toOrigin; ///< all that came, the heads included
};

/// What each side sends together with its part of the handshake.
struct Early {
    QByteArray fromClient, fromOrigin, fields;
};

bool connectEnds(WebSocketRig& rig, Way way, Ends& both, const Early& early = {}) {
    both.client = rig.client(way);
    both.client.send(QByteArray(rig.handshake(way) + early.fromClient));
    both.origin = accepted(rig.rig->origin);
    if (!receives(both.origin, both.toOrigin, "\r\n\r\n")) return false;
    both.origin.send(QByteArray(WebSocketRig::response(early.fields) + early.fromOrigin));
    return receives(both.client, both.toClient, "\r\n\r\n" + early.fromOrigin) &&
           receives(both.origin, both.toOrigin, "\r\n\r\n" + early.fromClient);
}

QByteArrayList described(const ExchangeDetail& detail) {
    QByteArrayList out;
    for (const WebSocketEntry& entry : detail.webSocket)
        out += (entry.from == WebSocketSender::Client ? "> " : "< ") + entry.message.preview;
    return out;
}

} // namespace

void TestWebSocket::earlyFramesOfBothSidesArrive() {
    QFETCH(Way, way);
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    const Early early{clientFrame(0x81, "early"), serverFrame(0x81, "first"), {}};
    QVERIFY(connectEnds(rig, way, both, early));
    both.client.send(clientFrame(0x88, "\x03\xe8"));
    QVERIFY(receives(both.origin, both.toOrigin, clientFrame(0x88, "\x03\xe8")));
    both.origin.send(serverFrame(0x88, "\x03\xe8"));
    QVERIFY(receives(both.client, both.toClient, serverFrame(0x88, "\x03\xe8")));
    both.origin.close();
    QVERIFY(
        QTest::qWaitFor([&] { return both.client.receive().isEmpty() && both.client.isAtEnd; }));
    both.client.close();
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QVERIFY(record.webSocket);
    QCOMPARE(record.webSocket->end, WebSocketEnd::Closed);
    QCOMPARE(record.webSocket->fromClient.messages, 1u);
    QCOMPARE(record.webSocket->fromServer.messages, 1u);
    QCOMPARE(record.webSocket->path, way == Way::Connect ? QByteArray("/ws") : QByteArray());
    QByteArrayList seen = described(rig.detail());
    std::sort(seen.begin(), seen.begin() + 2);
    QCOMPARE(seen, (QByteArrayList{"< first", "> early", "> ", "< "}));
}

void TestWebSocket::compressedMessagesAreReadInTheCopy() {
    QFETCH(Way, way);
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    QVERIFY(connectEnds(rig, way, both,
                        {{},
                         {},
                         "Sec-WebSocket-Extensions: permessage-deflate; "
                         "client_no_context_takeover; server_max_window_bits=12\r\n"}));
    WebSocketDeflater ofClient(15, false);
    WebSocketDeflater ofOrigin(12);
    for (int i = 0; i < 3; ++i) {
        const QByteArray up = clientFrame(0xc1, ofClient.deflate("a message of the client"));
        const QByteArray down = serverFrame(0xc1, ofOrigin.deflate("a message of the origin"));
        both.toOrigin.clear();
        both.toClient.clear();
        both.client.send(up);
        QVERIFY(receives(both.origin, both.toOrigin, up));
        QCOMPARE(both.toOrigin, up);
        both.origin.send(down);
        QVERIFY(receives(both.client, both.toClient, down));
        QCOMPARE(both.toClient, down);
    }
    both.client.reset();
    QVERIFY(rig.ended().webSocket);
    const ExchangeDetail detail = rig.detail();
    QCOMPARE(detail.webSocket.size(), 6);
    for (const WebSocketEntry& entry : detail.webSocket) {
        QVERIFY(entry.message.isDeflated);
        QCOMPARE(entry.message.preview, entry.from == WebSocketSender::Client
                                            ? QByteArray("a message of the client")
                                            : QByteArray("a message of the origin"));
    }
    QVERIFY(detail.webSocket.last().message.bytes < 20);
}

void TestWebSocket::theHandshakePassesAsItIs() {
    WebSocketRig rig;
    QVERIFY(rig.open());
    LoopbackPeer client = rig.client(Way::Route);
    const QByteArray offer = "Sec-WebSocket-Protocol: chat.v2, chat.v1\r\n"
                             "Sec-WebSocket-Extensions: permessage-deflate; "
                             "client_max_window_bits, x-unknown; a=\"b\"\r\n";
    client.send(rig.handshake(Way::Route, offer));
    LoopbackPeer origin = accepted(rig.rig->origin);
    QByteArray asked;
    QVERIFY(receives(origin, asked, "\r\n\r\n"));
    for (const QByteArray& line : {offer, QByteArray("Sec-WebSocket-Version: 13\r\n"),
                                   QByteArray("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")})
        QVERIFY2(asked.contains(line), asked.constData());
    const QByteArray chosen = "Sec-WebSocket-Protocol: chat.v1\r\n"
                              "Sec-WebSocket-Extensions: x-unknown; a=b\r\nSet-Cookie: a=b\r\n";
    origin.send(QByteArray(WebSocketRig::response(chosen) + serverFrame(0x81, "hi")));
    QByteArray answered;
    QVERIFY(receives(client, answered, serverFrame(0x81, "hi")));
    QVERIFY2(answered.contains(chosen), answered.constData());
    QVERIFY(answered.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    client.close();
    origin.close();
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.webSocket->subprotocol, QByteArray("chat.v1"));
    QVERIFY(record.webSocket->fromServer.unreadable.contains("x-unknown"));
    QCOMPARE(record.webSocket->end, WebSocketEnd::Unread);
}

void TestWebSocket::anAbruptEndReachesTheOtherSide_data() {
    QTest::addColumn<Way>("way");
    QTest::addColumn<bool>("byClient");
    QTest::addColumn<bool>("byReset");
    QTest::addColumn<ExchangeEnd>("end");
    QTest::addColumn<WebSocketEnd>("webSocketEnd");
    using E = ExchangeEnd;
    using W = WebSocketEnd;
    const std::pair<Way, const char*> ways[]{{Way::Route, "through a route"},
                                             {Way::AbsoluteForm, "in absolute-form"},
                                             {Way::Connect, "inside CONNECT"}};
    for (const auto& [way, name] : ways) {
        QTest::addRow("the client resets %s", name)
            << way << true << true << E::ClientGone << W::ClientReset;
        QTest::addRow("the client leaves %s", name)
            << way << true << false << E::ClientGone << W::ClientLeft;
        QTest::addRow("the origin resets %s", name)
            << way << false << true << E::Truncated << W::UpstreamReset;
        QTest::addRow("the origin leaves %s", name)
            << way << false << false << E::Truncated << W::UpstreamLeft;
    }
}

void TestWebSocket::anAbruptEndReachesTheOtherSide() {
    QFETCH(Way, way);
    QFETCH(bool, byClient);
    QFETCH(bool, byReset);
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    QVERIFY(connectEnds(rig, way, both, {clientFrame(0x81, "a"), serverFrame(0x81, "b"), {}}));
    LoopbackPeer& first = byClient ? both.client : both.origin;
    LoopbackPeer& second = byClient ? both.origin : both.client;
    if (byReset)
        first.reset();
    else
        first.close();
    QByteArray rest;
    QVERIFY(ends(second, rest));
    if (byReset)
        QCOMPARE(second.error, ECONNRESET);
    else
        QVERIFY(second.isAtEnd);
    second.close();
    const ExchangeRecord record = rig.ended();
    QTEST(record.end, "end");
    QVERIFY(record.webSocket);
    QTEST(record.webSocket->end, "webSocketEnd");
    QVERIFY(record.error.startsWith(byClient ? QStringLiteral("the client ended")
                                             : QStringLiteral("the upstream ended")));
    QVERIFY(record.error.contains(QStringLiteral("without a close frame")));
    QCOMPARE(record.webSocket->fromClient.messages, 1u);
    QCOMPARE(record.webSocket->fromServer.messages, 1u);
}

void TestWebSocket::theSideThatIsLeftMayStillSpeak() {
    QFETCH(Way, way);
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    QVERIFY(connectEnds(rig, way, both));
    both.client.finishWriting();
    QByteArray rest;
    QVERIFY(ends(both.origin, rest));
    both.origin.send(serverFrame(0x81, "last words"));
    QVERIFY(receives(both.client, both.toClient, serverFrame(0x81, "last words")));
    both.origin.close();
    QVERIFY(ends(both.client, rest));
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.webSocket->end, WebSocketEnd::ClientLeft);
    QCOMPARE(record.webSocket->fromServer.messages, 1u);
}

void TestWebSocket::whatIsNoWebSocketStaysAsItIs() {
    QFETCH(Way, way);
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    QByteArray noise;
    for (int i = 0; i < 5000; ++i)
        noise += static_cast<char>((i * i) >> 3);
    QVERIFY(connectEnds(rig, way, both, {noise, noise, {}}));
    both.client.finishWriting();
    both.origin.finishWriting();
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QCOMPARE(record.webSocket->end, WebSocketEnd::Unread);
    QVERIFY(!record.webSocket->fromClient.unreadable.isEmpty());
}

void TestWebSocket::aRefusalIsAPlainResponse_data() {
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<int>("status");
    const std::pair<Way, const char*> ways[]{{Way::Route, "through a route"},
                                             {Way::AbsoluteForm, "in absolute-form"}};
    for (const auto& [way, name] : ways) {
        const auto row = [way = way, name = name](int status, const QByteArray& response) {
            QTest::addRow("%d %s", status, name) << way << response << status;
        };
        row(403, "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        row(426, "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13, 8\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n");
        row(400, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        row(200, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    }
}

void TestWebSocket::aRefusalIsAPlainResponse() {
    QFETCH(Way, way);
    QFETCH(QByteArray, response);
    QFETCH(int, status);
    WebSocketRig rig;
    QVERIFY(rig.open());
    LoopbackPeer client = rig.client(way);
    client.send(rig.handshake(way));
    LoopbackPeer origin = accepted(rig.rig->origin);
    QByteArray asked;
    QVERIFY(receives(origin, asked, "\r\n\r\n"));
    origin.send(response);
    QByteArray got;
    QVERIFY(receives(client, got, response.sliced(response.indexOf("\r\n\r\n"))));
    QVERIFY(got.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status))));
    QCOMPARE(got.contains("Sec-WebSocket-Version: 13, 8\r\n"), status == 426);
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.status, status);
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QVERIFY(!record.webSocket);
    QVERIFY(!record.isUpgraded);
    // The connection is free for the next request, which is no WebSocket either.
    client.send(rig.request(way, {}, "/next"));
    QByteArray next;
    LoopbackPeer another;
    QVERIFY(QTest::qWaitFor([&] {
        next += origin.receive();
        if (another.descriptor() < 0) another = rig.rig->origin.accept();
        if (another.descriptor() >= 0) next += another.receive();
        return next.contains("\r\n\r\n");
    }));
    QVERIFY(next.startsWith("GET /next HTTP/1.1\r\n"));
    (another.descriptor() >= 0 ? another : origin)
        .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
    QVERIFY(receives(client, got, "\r\n\r\nnext"));
}

void TestWebSocket::aRefusalInsideConnectIsPassedOn() {
    WebSocketRig rig;
    QVERIFY(rig.open());
    LoopbackPeer client = rig.client(Way::Connect);
    client.send(rig.handshake(Way::Connect));
    LoopbackPeer origin = accepted(rig.rig->origin);
    QByteArray asked;
    QVERIFY(receives(origin, asked, "\r\n\r\n"));
    const QByteArray response = "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n";
    origin.send(response);
    QByteArray got;
    QVERIFY(receives(client, got, response));
    QCOMPARE(got, response);
    // HTTP goes on in it.
    const QByteArray next = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";
    client.send(next);
    asked.clear();
    QVERIFY(receives(origin, asked, "\r\n\r\n"));
    QCOMPARE(asked, next);
    client.close();
    origin.close();
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.role, RequestRole::Tunnel);
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QVERIFY(!record.webSocket);
}

void TestWebSocket::aRequestThatIsNoHandshakeIsAPlainOne_data() {
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<bool>("isUpgradePassedOn");
    QTest::newRow("an upgrade to h2c")
        << QByteArray("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                      "HTTP2-Settings: AAMAAABk\r\n")
        << false;
    QTest::newRow("an upgrade that nobody knows")
        << QByteArray("Connection: Upgrade\r\nUpgrade: foo/2\r\n") << false;
    QTest::newRow("no Connection: Upgrade")
        << QByteArray("Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n") << false;
    QTest::newRow("no Upgrade") << QByteArray("Connection: Upgrade\r\nSec-WebSocket-Key: x\r\n")
                                << false;
    QTest::newRow("no key: the origin shall say what it thinks of that")
        << QByteArray("Connection: keep-alive, upgrade\r\nUpgrade: WebSocket\r\n") << true;
}

void TestWebSocket::aRequestThatIsNoHandshakeIsAPlainOne() {
    QFETCH(QByteArray, fields);
    QFETCH(bool, isUpgradePassedOn);
    for (const Way way : {Way::Route, Way::AbsoluteForm}) {
        WebSocketRig rig;
        QVERIFY(rig.open());
        LoopbackPeer client = rig.client(way);
        client.send(rig.request(way, fields));
        LoopbackPeer origin = accepted(rig.rig->origin);
        QByteArray asked;
        QVERIFY(receives(origin, asked, "\r\n\r\n"));
        QCOMPARE(asked.toLower().contains("\r\nupgrade:"), isUpgradePassedOn);
        origin.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
        QByteArray got;
        QVERIFY(receives(client, got, "\r\n\r\nno"));
        QVERIFY(got.startsWith("HTTP/1.1 400 "));
        const ExchangeRecord record = rig.ended();
        QCOMPARE(record.status, 400);
        QVERIFY(!record.webSocket);
    }
}

void TestWebSocket::aSwitchThatNobodyAskedForIsAnError() {
    WebSocketRig rig;
    QVERIFY(rig.open());
    LoopbackPeer client = rig.client(Way::Route);
    client.send(rig.request(Way::Route, "Upgrade: websocket\r\n"));
    LoopbackPeer origin = accepted(rig.rig->origin);
    QByteArray asked;
    QVERIFY(receives(origin, asked, "\r\n\r\n"));
    origin.send(WebSocketRig::response());
    QByteArray got;
    QVERIFY(receives(client, got, "\r\n\r\n"));
    QVERIFY(got.startsWith("HTTP/1.1 502 "));
    const ExchangeRecord record = rig.ended();
    QCOMPARE(record.end, ExchangeEnd::UpstreamError);
    QVERIFY(!record.webSocket);
    QVERIFY(!record.isUpgraded);
}

void TestWebSocket::aKeyInAMessageIsNotKept() {
    WebSocketRig rig;
    QVERIFY(rig.open());
    Ends both;
    const QByteArray frame =
        clientFrame(0x81, R"({"type":"auth","apiKey":"PLANTED-0123456789abcdef"})");
    QVERIFY(connectEnds(rig, Way::Route, both, {frame, {}, {}}));
    both.client.reset();
    QVERIFY(rig.ended().webSocket);
    const ExchangeDetail detail = rig.detail();
    QCOMPARE(detail.webSocket.size(), 1);
    QCOMPARE(detail.webSocket[0].message.preview,
             QByteArray(R"({"type":"auth","apiKey":"‹redacted, 24 bytes, …cdef›"})"));
}

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tests/observe/recordnames.h"
#include "tst_websocket.moc"
