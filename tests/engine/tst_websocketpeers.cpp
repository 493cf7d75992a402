// SPDX-License-Identifier: MIT
// WebSockets between peers that are not ours: Qt's client and Qt's server.
#include "tests/engine/websocketrig.h"

#include <QNetworkProxy>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <QWebSocketServer>

using namespace sallyport;
using namespace sallyport::test;

class TestWebSocketPeers : public QObject {
    Q_OBJECT
private slots:
    void theyTalk_data();
    void theyTalk();
    void largeMessagesStayWhole_data();
    void largeMessagesStayWhole();
    void pingsAndPongsGoThrough_data();
    void pingsAndPongsGoThrough();
    void closeCodesGoThrough_data();
    void closeCodesGoThrough();
    void aServerThatClosesItsSocketIsSeen();
};

namespace {

void addPeerWays() {
    QTest::addColumn<Way>("way");
    QTest::newRow("through a route") << Way::Route;
    QTest::newRow("inside CONNECT") << Way::Connect;
}

/// Qt's server as the origin, Qt's client in front of the gateway.
class Peers {
public:
    Peers() {
        server.setSupportedSubprotocols({QStringLiteral("chat.v1")});
        if (server.listen(QHostAddress::LocalHost))
            rig = std::make_unique<WebSocketRig>(server.serverPort());
    }

    bool connectThem(Way way) {
        if (!rig || !rig->open()) return false;
        QUrl url(QStringLiteral("ws://127.0.0.1/ws?a=b"));
        url.setPort(way == Way::Route ? rig->rig->port() : server.serverPort());
        if (way == Way::Connect)
            client.setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"),
                                          rig->rig->port()));
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({QStringLiteral("chat.v2"), QStringLiteral("chat.v1")});
        client.open(url, options);
        return QTest::qWaitFor(
            [this] {
                if (!accepted) accepted.reset(server.nextPendingConnection());
                return accepted && client.state() == QAbstractSocket::ConnectedState;
            },
            kPatience);
    }
    [[nodiscard]] bool areOver() const {
        return client.state() == QAbstractSocket::UnconnectedState &&
               accepted->state() == QAbstractSocket::UnconnectedState;
    }

    QWebSocketServer server{QStringLiteral("origin"), QWebSocketServer::NonSecureMode};
    std::unique_ptr<WebSocketRig> rig;
    QWebSocket client;
    std::unique_ptr<QWebSocket> accepted;
};

} // namespace

void TestWebSocketPeers::theyTalk_data() { addPeerWays(); }

void TestWebSocketPeers::theyTalk() {
    QFETCH(Way, way);
    Peers peers;
    QVERIFY(peers.connectThem(way));
    QCOMPARE(peers.client.subprotocol(), QStringLiteral("chat.v1"));
    QSignalSpy texts(peers.accepted.get(), &QWebSocket::textMessageReceived);
    QSignalSpy bytes(&peers.client, &QWebSocket::binaryMessageReceived);
    peers.client.sendTextMessage(QStringLiteral("hello 中文"));
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), 1, kPatience);
    QCOMPARE(texts[0][0].toString(), QStringLiteral("hello 中文"));
    const QByteArray binary("\x00\xff\x01\xfe", 4);
    peers.accepted->sendBinaryMessage(binary);
    QTRY_COMPARE_WITH_TIMEOUT(bytes.size(), 1, kPatience);
    QCOMPARE(bytes[0][0].toByteArray(), binary);
    // A message in six frames.
    peers.client.setOutgoingFrameSize(10);
    const QString sentence = QStringLiteral("a sentence that is cut into frames, and put together");
    peers.client.sendTextMessage(sentence);
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), 2, kPatience);
    QCOMPARE(texts[1][0].toString(), sentence);
    peers.client.close();
    QTRY_VERIFY_WITH_TIMEOUT(peers.areOver(), kPatience);
    const ExchangeRecord record = peers.rig->ended();
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QCOMPARE(record.error, QString());
    QCOMPARE(record.webSocket->subprotocol, QByteArray("chat.v1"));
    QCOMPARE(record.webSocket->path, way == Way::Connect ? QByteArray("/ws?a=b") : QByteArray());
    const ExchangeDetail detail = peers.rig->detail();
    QCOMPARE(detail.webSocket[0].message.preview, QByteArray("hello 中文"));
    QCOMPARE(detail.webSocket[0].message.kind, WebSocketKind::Text);
    QCOMPARE(detail.webSocket[1].message.preview, binary);
    QCOMPARE(detail.webSocket[1].message.kind, WebSocketKind::Binary);
    QCOMPARE(detail.webSocket[2].message.preview, sentence.toUtf8());
    QCOMPARE(detail.webSocket[2].message.frames, 6u);
    QVERIFY(detail.webSocket[2].atMicros >= detail.webSocket[1].atMicros);
}

void TestWebSocketPeers::largeMessagesStayWhole_data() { addPeerWays(); }

void TestWebSocketPeers::largeMessagesStayWhole() {
    QFETCH(Way, way);
    Peers peers;
    QVERIFY(peers.connectThem(way));
    QSignalSpy up(peers.accepted.get(), &QWebSocket::binaryMessageReceived);
    QSignalSpy down(&peers.client, &QWebSocket::binaryMessageReceived);
    QByteArray message(1024 * 1024, '\0');
    for (qsizetype i = 0; i < message.size(); ++i)
        message[i] = static_cast<char>((i * 2654435761U) >> 13U);
    for (int i = 0; i < 4; ++i) {
        peers.client.sendBinaryMessage(message);
        peers.accepted->sendBinaryMessage(message);
    }
    QTRY_VERIFY_WITH_TIMEOUT(up.size() == 4 && down.size() == 4, kPatience);
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(up[i][0].toByteArray(), message);
        QCOMPARE(down[i][0].toByteArray(), message);
    }
    peers.accepted->close();
    QTRY_VERIFY_WITH_TIMEOUT(peers.areOver(), kPatience);
    const ExchangeRecord record = peers.rig->ended();
    QCOMPARE(record.webSocket->fromClient.messages, 4u);
    QCOMPARE(record.webSocket->fromServer.messages, 4u);
    const WebSocketEntry first = peers.rig->detail().webSocket.first();
    QCOMPARE(first.message.bytes, quint64{1024 * 1024});
    QCOMPARE(first.message.shown, WebSocketPreview::Cut);
    QCOMPARE(first.message.preview, message.first(WebSocketReader::kPreviewBytes));
}

void TestWebSocketPeers::pingsAndPongsGoThrough_data() { addPeerWays(); }

void TestWebSocketPeers::pingsAndPongsGoThrough() {
    QFETCH(Way, way);
    Peers peers;
    QVERIFY(peers.connectThem(way));
    QSignalSpy clientGot(&peers.client, &QWebSocket::pong);
    QSignalSpy serverGot(peers.accepted.get(), &QWebSocket::pong);
    peers.client.ping("one");
    QTRY_COMPARE_WITH_TIMEOUT(clientGot.size(), 1, kPatience);
    QCOMPARE(clientGot[0][1].toByteArray(), QByteArray("one"));
    peers.accepted->ping("two");
    QTRY_COMPARE_WITH_TIMEOUT(serverGot.size(), 1, kPatience);
    QCOMPARE(serverGot[0][1].toByteArray(), QByteArray("two"));
    peers.client.close();
    QTRY_VERIFY_WITH_TIMEOUT(peers.areOver(), kPatience);
    const ExchangeRecord record = peers.rig->ended();
    QCOMPARE(record.webSocket->fromClient.messages, 0u);
    QCOMPARE(record.webSocket->fromClient.controls, 3u); // ping, pong, close
    QCOMPARE(record.webSocket->fromServer.controls, 3u);
    const ExchangeDetail detail = peers.rig->detail();
    QCOMPARE(detail.webSocket[0].message.kind, WebSocketKind::Ping);
    QCOMPARE(detail.webSocket[1].message.kind, WebSocketKind::Pong);
    QCOMPARE(detail.webSocket[1].message.preview, QByteArray("one"));
}

void TestWebSocketPeers::closeCodesGoThrough_data() {
    QTest::addColumn<Way>("way");
    QTest::addColumn<bool>("byClient");
    QTest::addColumn<int>("code");
    for (const bool byClient : {true, false}) {
        for (const int code : {1000, 1001, 1011, 3000, 4999}) {
            const char* const who = byClient ? "the client" : "the server";
            QTest::addRow("%d of %s", code, who) << Way::Route << byClient << code;
        }
        QTest::addRow("4001 of %s inside CONNECT", byClient ? "the client" : "the server")
            << Way::Connect << byClient << 4001;
    }
}

void TestWebSocketPeers::closeCodesGoThrough() {
    QFETCH(Way, way);
    QFETCH(bool, byClient);
    QFETCH(int, code);
    Peers peers;
    QVERIFY(peers.connectThem(way));
    QWebSocket& closes = byClient ? peers.client : *peers.accepted;
    const QWebSocket& other = byClient ? *peers.accepted : peers.client;
    closes.close(static_cast<QWebSocketProtocol::CloseCode>(code), QStringLiteral("because"));
    QTRY_VERIFY_WITH_TIMEOUT(peers.areOver(), kPatience);
    QCOMPARE(static_cast<int>(other.closeCode()), code);
    QCOMPARE(other.closeReason(), QStringLiteral("because"));
    const ExchangeRecord record = peers.rig->ended();
    QCOMPARE(record.end, ExchangeEnd::Complete);
    QCOMPARE(record.webSocket->end, WebSocketEnd::Closed);
    const WebSocketSent& sent =
        byClient ? record.webSocket->fromClient : record.webSocket->fromServer;
    QCOMPARE(sent.closeCode, std::optional<quint16>(static_cast<quint16>(code)));
    QCOMPARE(sent.closeReason, QStringLiteral("because"));
}

void TestWebSocketPeers::aServerThatClosesItsSocketIsSeen() {
    Peers peers;
    QVERIFY(peers.connectThem(Way::Route));
    peers.accepted->abort();
    QTRY_VERIFY_WITH_TIMEOUT(peers.areOver(), kPatience);
    const ExchangeRecord record = peers.rig->ended();
    QVERIFY(record.webSocket->end == WebSocketEnd::UpstreamReset ||
            record.webSocket->end == WebSocketEnd::UpstreamLeft);
    QCOMPARE(record.end, ExchangeEnd::Truncated);
    QVERIFY(!record.error.isEmpty());
}

QTEST_GUILESS_MAIN(TestWebSocketPeers)
#include "tests/observe/recordnames.h"
#include "tst_websocketpeers.moc"
