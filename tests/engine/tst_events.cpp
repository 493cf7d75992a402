// SPDX-License-Identifier: MIT
// `/_sallyport/events`, read by Qt's WebSocket client and by a bare socket.
#include "rig.h"
#include "tests/http/websocketframe.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QWebSocket>

#include <algorithm>
#include <array>
#include <vector>

using namespace sallyport;
using namespace sallyport::test;

namespace {

constexpr auto kToken = "a-token-of-this-test-0123456789abcdef";

/// A gateway whose local token is kToken.
class TokenRig : public Rig {
public:
    TokenRig()
        : Rig(defaultRoutes()) {
        writeFile("token", kToken);
        writeFile("settings.yaml", "listen: 127.0.0.1:0\naccess: {token: \"file:token\"}\n");
        restrictToken();
    }
    [[nodiscard]] QByteArray handshake(const QByteArray& more = {}) const {
        return QByteArray("GET /_sallyport/events HTTP/1.1\r\nHost: " + authority() +
                          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                          more + "\r\n");
    }

private:
    void restrictToken() const {
        QFile::setPermissions(pathOf("token"), QFile::ReadOwner | QFile::WriteOwner);
    }
};

QByteArray bearer() { return QByteArray("Authorization: Bearer ") + kToken + "\r\n"; }

/// Reads along by Qt's client.
class EventReader {
public:
    explicit EventReader(const Rig& rig) {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString& text) {
                             messages.push_back(QJsonDocument::fromJson(text.toUtf8()).object());
                         });
        QNetworkRequest request(QUrl(
            QStringLiteral("ws://%1/_sallyport/events").arg(QString::fromLatin1(rig.authority()))));
        request.setRawHeader("Authorization", QByteArray("Bearer ") + kToken);
        socket.open(request);
    }
    [[nodiscard]] bool isOpen() {
        return QTest::qWaitFor(
            [this] { return socket.state() == QAbstractSocket::ConnectedState; });
    }
    /// Waits for a record in which `member` is `value`.
    [[nodiscard]] QJsonObject find(const char* member, const QJsonValue& value) {
        QJsonObject found;
        const bool came = QTest::qWaitFor([&] {
            for (const QJsonObject& each : messages)
                if (each.value(QLatin1String(member)) == value) found = each;
            return !found.isEmpty();
        });
        Q_UNUSED(came)
        return found;
    }

    QWebSocket socket;
    std::vector<QJsonObject> messages;
};

} // namespace

class TestEvents : public QObject {
    Q_OBJECT
private slots:
    void aRecordComesAsJson() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        EventReader reader(rig);
        QVERIFY(reader.isOpen());
        LoopbackPeer client = rig.client();
        client.send(
            QByteArray("GET /shop?key=sk-planted-0123456789 HTTP/1.1\r\nHost: " + rig.authority() +
                       "\r\nUser-Agent: probe/1\r\nx-api-key: sk-planted-0123456789\r\n\r\n"));
        LoopbackPeer origin = accepted(rig.origin);
        QByteArray request;
        QVERIFY(receives(origin, request, "\r\n\r\n"));
        const QJsonObject early = reader.find("user_agent", QStringLiteral("probe/1"));
        QCOMPARE(early.value(QLatin1String("type")).toString(), QStringLiteral("exchange"));
        QCOMPARE(early.value(QLatin1String("end")).toString(), QStringLiteral("running"));
        reader.messages.clear();
        origin.send("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello");
        const QJsonObject ended = reader.find("end", QStringLiteral("complete"));
        QCOMPARE(ended.value(QLatin1String("id")), early.value(QLatin1String("id")));
        QCOMPARE(ended.value(QLatin1String("status")).toInt(), 201);
        QCOMPARE(ended.value(QLatin1String("phase")).toString(), QStringLiteral("ended"));
        QCOMPARE(ended.value(QLatin1String("method")).toString(), QStringLiteral("GET"));
        QCOMPARE(ended.value(QLatin1String("route")).toString(), QStringLiteral("all"));
        QCOMPARE(ended.value(QLatin1String("upstream")).toString(), QStringLiteral("origin"));
        QCOMPARE(ended.value(QLatin1String("response_bytes")).toInt(), 5);
        const QJsonObject times = ended.value(QLatin1String("times_us")).toObject();
        QVERIFY(times.value(QLatin1String("ended")).toInteger() >=
                times.value(QLatin1String("first_byte")).toInteger());
        for (const QJsonObject& each : reader.messages)
            QVERIFY(!QJsonDocument(each).toJson().contains("sk-planted"));
    }

    void whoIsRefused_data() {
        QTest::addColumn<QByteArray>("request"); ///< AUTHORITY stands for the listener's
        QTest::addColumn<QByteArray>("response");
        const TokenRig rig;
        QByteArray valid = rig.handshake();
        valid.replace("Host: \r\n", "Host: AUTHORITY\r\n");
        const auto with = [&](const QByteArray& fields) {
            QByteArray request = valid;
            return request.insert(request.size() - 2, fields);
        };
        const auto without = [&](const char* line) {
            QByteArray request = with(bearer());
            return request.replace(line, "");
        };
        QTest::newRow("without the token") << valid << QByteArray("HTTP/1.1 401 ");
        QTest::newRow("with another token")
            << with("Authorization: Bearer another\r\n") << QByteArray("HTTP/1.1 401 ");
        QTest::newRow("a page of another origin, token and all")
            << with(bearer() + "Origin: https://evil.example\r\n") << QByteArray("HTTP/1.1 403 ");
        QTest::newRow("a page without an origin")
            << with(bearer() + "Origin: null\r\n") << QByteArray("HTTP/1.1 403 ");
        QTest::newRow("a plain GET is told what it is")
            << without("Upgrade: websocket\r\nConnection: Upgrade\r\n")
            << QByteArray("HTTP/1.1 426 ");
        QTest::newRow("without a version")
            << without("Sec-WebSocket-Version: 13\r\n") << QByteArray("HTTP/1.1 426 ");
        QTest::newRow("without a key") << without("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
                                       << QByteArray("HTTP/1.1 400 ");
        QByteArray post = with(bearer());
        post.replace("GET ", "POST ");
        QTest::newRow("another method") << post << QByteArray("HTTP/1.1 405 ");
        QByteArray old = with(bearer());
        old.replace("HTTP/1.1", "HTTP/1.0");
        QTest::newRow("HTTP/1.0 has no upgrade") << old << QByteArray("HTTP/1.1 426 ");
        QByteArray full = with(bearer() + "Content-Length: 2\r\n") + "hi";
        QTest::newRow("a handshake with content") << full << QByteArray("HTTP/1.1 400 ");
        QByteArray foreign = with(bearer());
        foreign.replace("AUTHORITY", "rebound.example");
        QTest::newRow("another host") << foreign << QByteArray("HTTP/1.1 403 ");
    }
    void whoIsRefused() {
        QFETCH(QByteArray, request);
        QFETCH(const QByteArray, response);
        TokenRig rig;
        QVERIFY(rig.engine->open());
        request.replace("AUTHORITY", rig.authority());
        LoopbackPeer client = rig.client();
        client.send(request);
        QByteArray got;
        QVERIFY(receives(client, got, "\r\n\r\n"));
        QVERIFY2(got.startsWith(response), got.constData());
        if (response.contains("426")) {
            QVERIFY(got.contains("Upgrade: websocket\r\n"));
            QVERIFY(got.contains("Sec-WebSocket-Version: 13\r\n"));
        }
    }

    /// Within our limits, but beyond those of Qt's parser.
    void aLargeHandshakeIsAnswered_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("fields");
        const QByteArray plain("/_sallyport/events");
        QTest::newRow("many fields") << plain << QByteArray("X: a\r\n").repeated(150);
        QTest::newRow("a long line")
            << plain << QByteArray("X: " + QByteArray(30'000, 'a') + "\r\n");
        QTest::newRow("a long target")
            << QByteArray(plain + '?' + QByteArray(12'000, 'a')) << QByteArray();
        QTest::newRow("a long list of protocols")
            << plain << QByteArray("Sec-WebSocket-Protocol: " + QByteArray(20'000, 'a') + "\r\n");
        QTest::newRow("extensions that cannot be read")
            << plain << QByteArray("Sec-WebSocket-Extensions: permessage-deflate; x=\"\r\n");
        QTest::newRow("from a page of our own")
            << plain << QByteArray("Origin: http://AUTHORITY\r\n");
    }
    void aLargeHandshakeIsAnswered() {
        QFETCH(const QByteArray, target);
        QFETCH(QByteArray, fields);
        TokenRig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        fields.replace("AUTHORITY", rig.authority());
        QByteArray request = rig.handshake(bearer() + fields);
        client.send(request.replace("GET /_sallyport/events", QByteArray("GET " + target)));
        QByteArray head;
        QVERIFY(receives(client, head, "\r\n\r\n"));
        QVERIFY2(head.startsWith("HTTP/1.1 101 "), head.constData());
        QVERIFY(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    }

    void whatComesWithTheHandshakeIsRead() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer peer = rig.client();
        // One write, most likely one read: the ping must not get lost with it.
        peer.send(QByteArray(rig.handshake(bearer()) + QByteArray("\x89\x82\0\0\0\0hi", 8)));
        QByteArray all;
        QVERIFY(receives(peer, all, QByteArray("\x8a\x02hi")));
    }

    void withoutATokenNobodyReads() {
        Rig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(QByteArray("GET /_sallyport/events HTTP/1.1\r\nHost: " + rig.authority() +
                               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        QByteArray got;
        QVERIFY(receives(client, got, "access.token"));
        QVERIFY2(got.startsWith("HTTP/1.1 403 "), got.constData());
    }

    void aSlowReaderIsDroppedWithANotice() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer slow = rig.client();
        slow.send(rig.handshake(bearer()));
        QByteArray head;
        QVERIFY(receives(slow, head, "\r\n\r\n"));
        QVERIFY(head.startsWith("HTTP/1.1 101 "));
        EventReader quick(rig);
        QVERIFY(quick.isOpen());

        // Records until more is pending for the slow one than it may have.
        LoopbackPeer client = rig.client();
        const QByteArray padding(2000, 'p');
        QByteArray batch;
        for (int i = 0; i < 20; ++i)
            batch += rig.get("/healthz?" + padding);
        const QJsonValue wanted(QStringLiteral("the reader was too slow"));
        const auto isDropped = [&] {
            for (const QJsonObject& each : quick.messages)
                if (each.value(QLatin1String("error")) == wanted) return true;
            quick.messages.clear();
            return false;
        };
        bool dropped = false;
        for (int round = 0; round < 1000 && !dropped; ++round) {
            client.send(batch);
            QByteArray answers;
            QVERIFY(QTest::qWaitFor([&] {
                answers += client.receive();
                return answers.count("HTTP/1.1 200 ") >= 20;
            }));
            dropped = isDropped();
        }
        // The farewell alone takes five seconds where nothing of it is read.
        QVERIFY(dropped || QTest::qWaitFor(isDropped, 30'000));

        QByteArray rest;
        QVERIFY(ends(slow, rest));
        QVERIFY(rest.contains("\"type\":\"notice\""));
        const QByteArray reason = "reading too slowly; records were left out";
        const QByteArray close =
            QByteArray("\x88", 1) + char(reason.size() + 2) + QByteArray("\x03\xf5", 2) + reason;
        QVERIFY(rest.endsWith(close));
        QCOMPARE(slow.error, 0);
        // The quick one goes on.
        client.send(rig.get("/healthz?after"));
        const QJsonObject after = quick.find("path", QStringLiteral("/healthz?after"));
        QVERIFY(!after.isEmpty());
    }

    void whoSendsTooMuchIsClosed_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("code");
        // Qt keeps up to 16 KiB in a buffer of the device: below, at and above.
        for (const qsizetype size : {4097, 16'000, 16'384, 65'535, 70'000})
            QTest::addRow("a text of %lld bytes", static_cast<long long>(size))
                << clientFrame(0x81, QByteArray(size, 'x')) << 1009;
        QTest::newRow("bytes that are no frames") << QByteArray(50'000, '\xee') << 1002;
        QTest::newRow("a frame without a mask")
            << serverFrame(0x81, QByteArray(300, 'x')) + QByteArray(40'000, 'x') << 1002;
        QTest::newRow("one short frame without a mask") << serverFrame(0x81, "hi") << 1002;
        QTest::newRow("a ping without a mask") << serverFrame(0x89, {}) << 1002;
        QTest::newRow("a close without a mask") << serverFrame(0x88, {}) << 1002;
        QTest::newRow("a frame without a mask after one with it")
            << clientFrame(0x81, "hi") + serverFrame(0x81, "hi") << 1002;
        QTest::newRow("a reserved opcode") << clientFrame(0x83, "hi") << 1002;
    }
    void whoSendsTooMuchIsClosed() {
        QFETCH(const QByteArray, sent);
        QFETCH(const int, code);
        TokenRig rig;
        QVERIFY(rig.engine->open());
        LoopbackPeer reader = rig.client();
        reader.send(rig.handshake(bearer()));
        QByteArray head;
        QVERIFY(receives(reader, head, "\r\n\r\n"));
        QByteArray left = sent;
        QByteArray got;
        QVERIFY(QTest::qWaitFor([&] {
            if (!left.isEmpty()) left = left.sliced(std::max<qsizetype>(reader.send(left), 0));
            got += reader.receive();
            return reader.isAtEnd || reader.error != 0;
        }));
        const std::array closeCode{static_cast<char>(code >> 8), static_cast<char>(code)};
        QVERIFY2(reader.error != 0 || got.contains(QByteArrayView(closeCode)),
                 got.toHex().constData());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/healthz"));
        QByteArray response;
        QVERIFY(receives(client, response, "\r\n\r\n"));
        QVERIFY(response.startsWith("HTTP/1.1 200 "));
    }

    void pongsThatNobodyReadsAreBounded() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        EventReader quick(rig);
        QVERIFY(quick.isOpen());
        LoopbackPeer flood = rig.client();
        flood.send(rig.handshake(bearer()));
        QByteArray head;
        QVERIFY(receives(flood, head, "\r\n\r\n"));
        const QByteArray pings = clientFrame(0x89, QByteArray(125, 'p')).repeated(500);
        const QJsonValue wanted(QStringLiteral("the reader was too slow"));
        qint64 sent = 0;
        QByteArray left;
        const bool isDropped = QTest::qWaitFor(
            [&] {
                while (sent < 64 * 1024 * 1024) {
                    if (left.isEmpty()) left = pings;
                    const qsizetype count = flood.send(left);
                    if (count <= 0) break;
                    sent += count;
                    left.remove(0, count);
                }
                for (const QJsonObject& each : quick.messages)
                    if (each.value(QLatin1String("error")) == wanted) return true;
                return false;
            },
            30'000);
        QVERIFY2(isDropped, qPrintable(QString::number(sent)));
    }

    void theEndOfTheListenerIsSaid() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        EventReader reader(rig);
        QVERIFY(reader.isOpen());
        rig.engine->setListening(false);
        QTRY_COMPARE(reader.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(reader.socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    }

    void whoGoesMakesRoom() {
        TokenRig rig;
        QVERIFY(rig.engine->open());
        std::vector<LoopbackPeer> readers;
        for (int i = 0; i < 16; ++i) {
            readers.push_back(rig.client());
            readers.back().send(rig.handshake(bearer()));
            QByteArray head;
            QVERIFY(receives(readers.back(), head, "\r\n\r\n"));
            QVERIFY(head.startsWith("HTTP/1.1 101 "));
        }
        LoopbackPeer more = rig.client();
        more.send(rig.handshake(bearer()));
        QByteArray refused;
        QVERIFY(receives(more, refused, "too_many_readers"));
        QVERIFY(refused.startsWith("HTTP/1.1 503 "));
        readers.front().reset();
        readers.back().close();
        QVERIFY(QTest::qWaitFor([&] {
            LoopbackPeer next = rig.client();
            next.send(rig.handshake(bearer()));
            QByteArray head;
            return receives(next, head, "\r\n\r\n") && head.startsWith("HTTP/1.1 101 ");
        }));
    }
};

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
