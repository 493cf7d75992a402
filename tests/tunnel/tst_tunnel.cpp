// SPDX-License-Identifier: MIT
#include "core/tunnel/tunnel.h"
#include "tests/http/websocketframe.h"
#include "tests/upstream/fakeconnector.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

constexpr TunnelLimits kLimits{60s, 0ms, 300s};

enum class Kind { Upgrade, WebSocket, Connect };

/// A tunnel between two streams that the test plays, with a clock that the test holds.
class Rig {
public:
    explicit Rig(TunnelLimits limits = kLimits, Kind kind = Kind::Upgrade) {
        auto recorder = log.begin({});
        const bool isConnect = kind == Kind::Connect;
        recorder->requestHead(isConnect ? RequestRole::Tunnel : RequestRole::Gateway,
                              {isConnect ? "CONNECT" : "GET", "h", "/"}, {});
        recorder->upgraded();
        if (kind == Kind::WebSocket) recorder->webSocketBegan({});
        id = recorder->id();
        tunnel = std::make_unique<Tunnel>(StreamPtr(&m_clientStream), StreamPtr(&m_upstreamStream),
                                          std::move(recorder), [this] { isOver = true; });
        tunnel->setLimits(deadlines, limits);
        tunnel->start({}, {});
    }
    ~Rig() { tunnel.reset(); }

    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        deadlines.expireDue();
    }
    [[nodiscard]] ExchangeRecord record() const { return log.detail(id)->record; }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    ExchangeLog log{clock};
    StreamScript client;
    StreamScript upstream;
    std::unique_ptr<Tunnel> tunnel;
    quint64 id = 0;
    bool isOver = false;

private:
    FakeStream m_clientStream{client};
    FakeStream m_upstreamStream{upstream};
};

} // namespace

class TestTunnel : public QObject {
    Q_OBJECT
private slots:
    void silenceHasNoBoundByItself();
    void silenceAfterAHalfCloseEndsIt();
    void whatStillComesAfterAHalfCloseKeepsIt();
    void silenceOfBothEndsItWhereThatIsAsked();
    void aSideThatTakesNothingEndsIt_data();
    void aSideThatTakesNothingEndsIt();
    void aSideThatTakesSlowlyIsWaitedFor();
    void whoIsHeldBackIsNotSilent();
    void readsAfterItHasPassedOn();
    void staysWhatItIsWhereFramesAreNoFrames();
    void behindARefusalOnlyARequestPasses_data();
    void behindARefusalOnlyARequestPasses();
    void theSecondHandshakeIsReadAsTheFirst();
    void whatIsHeldLeavesWithTheEnd();
};

void TestTunnel::silenceHasNoBoundByItself() {
    Rig rig;
    rig.client.observer->streamReceived("a");
    rig.pass(1000h);
    QVERIFY(!rig.isOver);
}

void TestTunnel::silenceAfterAHalfCloseEndsIt() {
    Rig rig;
    rig.client.observer->streamReceived("a");
    rig.pass(100s);
    rig.client.observer->streamPeerFinished();
    rig.pass(59s);
    QVERIFY(!rig.isOver);
    rig.pass(2s);
    QVERIFY(rig.isOver && rig.client.isAborted && rig.upstream.isAborted);
    QCOMPARE(rig.record().end, ExchangeEnd::Stalled);
    QCOMPARE(rig.record().error,
             QStringLiteral("the client had ended its side, and the upstream was silent for 60 s"));
}

void TestTunnel::whatStillComesAfterAHalfCloseKeepsIt() {
    Rig rig;
    rig.upstream.observer->streamPeerFinished();
    for (int i = 0; i < 20; ++i) {
        rig.pass(50s);
        QVERIFY(!rig.isOver);
        rig.client.observer->streamReceived("a");
    }
    QCOMPARE(rig.upstream.writes.size(), 20);
    rig.client.observer->streamPeerFinished();
    QVERIFY(rig.isOver && !rig.client.isAborted);
    QCOMPARE(rig.record().end, ExchangeEnd::Complete);
}

void TestTunnel::silenceOfBothEndsItWhereThatIsAsked() {
    Rig rig({60s, 600s, 300s});
    rig.pass(599s);
    rig.upstream.observer->streamReceived("a");
    rig.pass(599s);
    QVERIFY(!rig.isOver);
    rig.pass(2s);
    QVERIFY(rig.isOver);
    QCOMPARE(rig.record().error, QStringLiteral("both sides were silent for 600 s"));
}

void TestTunnel::aSideThatTakesNothingEndsIt_data() {
    QTest::addColumn<bool>("isClient");
    QTest::newRow("the client") << true;
    QTest::newRow("the upstream") << false;
}

void TestTunnel::aSideThatTakesNothingEndsIt() {
    QFETCH(bool, isClient);
    Rig rig;
    StreamScript& stuck = isClient ? rig.client : rig.upstream;
    StreamScript& sender = isClient ? rig.upstream : rig.client;
    stuck.pending = 5;
    sender.observer->streamReceived("12345");
    rig.pass(299s);
    QVERIFY(!rig.isOver);
    rig.pass(2s);
    QVERIFY(rig.isOver && rig.client.isAborted && rig.upstream.isAborted);
    QCOMPARE(rig.record().end, ExchangeEnd::Stalled);
    QCOMPARE(rig.record().error,
             QString((isClient ? QStringLiteral("the client") : QStringLiteral("the upstream")) +
                     QStringLiteral(" took nothing for 300 s")));
}

void TestTunnel::aSideThatTakesSlowlyIsWaitedFor() {
    Rig rig;
    rig.client.pending = 5;
    rig.upstream.observer->streamReceived("12345");
    for (qsizetype left = 4; left >= 0; --left) {
        rig.pass(290s);
        rig.client.pending = left;
    }
    QVERIFY(!rig.isOver);
    rig.pass(1000h);
    QVERIFY(!rig.isOver);
    // The other direction is not measured by what this one took.
    rig.upstream.pending = 1;
    rig.client.observer->streamReceived("1");
    rig.pass(200s);
    rig.client.pending = 3;
    rig.upstream.observer->streamReceived("123");
    rig.upstream.pending = 0;
    rig.pass(101s);
    QVERIFY(!rig.isOver);
}

void TestTunnel::whoIsHeldBackIsNotSilent() {
    Rig rig;
    rig.client.observer->streamPeerFinished();
    rig.client.pending = ByteStream::kHighWatermark + 1;
    rig.upstream.observer->streamReceived("1");
    QVERIFY(!rig.upstream.isReading);
    rig.pass(100s);
    rig.client.pending = ByteStream::kHighWatermark;
    rig.pass(100s);
    QVERIFY(!rig.isOver);
    rig.client.pending = 0;
    rig.pass(61s);
    rig.pass(61s);
    QVERIFY(rig.isOver);
    QVERIFY(rig.record().error.endsWith(QStringLiteral("the upstream was silent for 60 s")));
}

void TestTunnel::readsAfterItHasPassedOn() {
    Rig rig(kLimits, Kind::WebSocket);
    const QByteArray frame = clientFrame(0x81, "hello");
    rig.client.observer->streamReceived(frame.first(4));
    rig.client.observer->streamReceived(frame.sliced(4));
    rig.upstream.observer->streamReceived(serverFrame(0x88, "\x03\xe8"));
    QCOMPARE(rig.upstream.writes.join(), frame);
    QCOMPARE(rig.upstream.writes.size(), 2);
    QCOMPARE(rig.client.writes, QByteArrayList{serverFrame(0x88, "\x03\xe8")});
    const ExchangeDetail detail = *rig.log.detail(rig.id);
    QCOMPARE(detail.webSocket.size(), 2);
    QCOMPARE(detail.webSocket[0].message.preview, QByteArray("hello"));
    QCOMPARE(detail.record.webSocket->fromServer.closeCode, std::optional<quint16>(1000));
    QCOMPARE(detail.record.requestBytes, frame.size());
}

void TestTunnel::staysWhatItIsWhereFramesAreNoFrames() {
    Rig rig(kLimits, Kind::WebSocket);
    QByteArray sent;
    for (int i = 0; i < 100; ++i) {
        const QByteArray piece(1 + i * 7, static_cast<char>(i * 37));
        sent += piece;
        rig.client.observer->streamReceived(piece);
        rig.upstream.observer->streamReceived(piece);
    }
    QCOMPARE(rig.client.writes.join(), sent);
    QCOMPARE(rig.upstream.writes.join(), sent);
    QVERIFY(!rig.record().webSocket->fromClient.unreadable.isEmpty());
    QVERIFY(!rig.record().webSocket->fromServer.unreadable.isEmpty());
    rig.client.observer->streamPeerFinished();
    rig.upstream.observer->streamPeerFinished();
    QCOMPARE(rig.record().end, ExchangeEnd::Complete);
    QCOMPARE(rig.record().webSocket->end, WebSocketEnd::Unread);
}

namespace {

const QByteArray kAsk = "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
                        "Upgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n";
const QByteArray kRefusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno";

/// Both sides up to the refusal.
void refuse(Rig& rig) {
    rig.client.observer->streamReceived(kAsk);
    rig.upstream.observer->streamReceived(kRefusal);
    rig.client.writes.clear();
    rig.upstream.writes.clear();
}

} // namespace

void TestTunnel::behindARefusalOnlyARequestPasses_data() {
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<QString>("error");
    QTest::newRow("a request") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n\r\n") << QString();
    QTest::newRow("a request and its content")
        << QByteArray("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345") << QString();
    QTest::newRow("a frame") << clientFrame(0x81, "hello") << QStringLiteral("no HTTP request: ");
    QTest::newRow("a malformed request")
        << QByteArray("GET / HTTP/1.1\r\nHost: h\r\nX Bad: 1\r\n\r\n")
        << QStringLiteral("no HTTP request: ");
    QTest::newRow("a head without an end")
        << "GET / HTTP/1.1\r\nHost: h\r\nX: " + QByteArray(70'000, 'x')
        << QStringLiteral("no HTTP request: ");
}

void TestTunnel::behindARefusalOnlyARequestPasses() {
    QFETCH(const QByteArray, next);
    QFETCH(const QString, error);
    for (const qsizetype step : {qsizetype{1}, qsizetype{7}, next.size()}) {
        Rig rig(kLimits, Kind::Connect);
        refuse(rig);
        for (qsizetype at = 0; at < next.size() && !rig.isOver; at += step)
            rig.client.observer->streamReceived(
                QByteArrayView(next).sliced(at).first(std::min(step, next.size() - at)));
        if (error.isEmpty()) {
            QVERIFY(!rig.isOver);
            QCOMPARE(rig.upstream.writes.join(), next);
            continue;
        }
        QVERIFY(rig.isOver && rig.client.isAborted && rig.upstream.isAborted);
        QVERIFY(rig.upstream.writes.isEmpty());
        QCOMPARE(rig.record().end, ExchangeEnd::Truncated);
        QVERIFY2(rig.record().error.contains(error), qPrintable(rig.record().error));
    }
}

void TestTunnel::theSecondHandshakeIsReadAsTheFirst() {
    Rig rig(kLimits, Kind::Connect);
    refuse(rig);
    refuse(rig);
    rig.client.observer->streamReceived(kAsk);
    const QByteArray response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\n\r\n" +
                                serverFrame(0x81, "hi");
    rig.upstream.observer->streamReceived(response);
    rig.client.observer->streamReceived(clientFrame(0x81, "hello"));
    QCOMPARE(rig.upstream.writes.join(), kAsk + clientFrame(0x81, "hello"));
    QVERIFY(rig.record().webSocket);
    QCOMPARE(rig.record().webSocket->fromServer.messages, 1U);
    QCOMPARE(rig.record().webSocket->fromClient.messages, 1U);
}

void TestTunnel::whatIsHeldLeavesWithTheEnd() {
    Rig rig(kLimits, Kind::Connect);
    refuse(rig);
    rig.client.observer->streamReceived("GET / HTTP");
    QVERIFY(rig.upstream.writes.isEmpty());
    rig.client.observer->streamPeerFinished();
    QCOMPARE(rig.upstream.writes.join(), QByteArray("GET / HTTP"));
    QVERIFY(!rig.isOver);
}

QTEST_GUILESS_MAIN(TestTunnel)
#include "tests/observe/recordnames.h"
#include "tst_tunnel.moc"
