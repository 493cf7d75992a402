// SPDX-License-Identifier: MIT
#include "play.h"

using namespace sallyport;
using namespace sallyport::test;

/// Requests that ask for something else than a resource of an origin: CONNECT, Upgrade, TRACE and
/// OPTIONS of the way, over a whole gateway.
class TestHandovers : public QObject {
    Q_OBJECT

private slots:
    void init() { skipUnfit(); }
    void connectIsATunnel();
    void connectIsRefused_data();
    void connectIsRefused();
    void connectToOurselvesIsServed_data();
    void connectToOurselvesIsServed();
    void nothingRunsBehindARefusedConnect();
    void aRefusedUpgradeIsAResponse();
    void anUpgradeWithContentIsNone();
    void aSwitchToSomethingElseIsAnError_data();
    void aSwitchToSomethingElseIsAnError();
    void maxForwardsEndsHere_data();
    void maxForwardsEndsHere();

private:
    [[nodiscard]] QByteArray at(const QByteArray& bytes, Mode mode = Mode::Gateway) const {
        return m_play.placed(bytes, mode);
    }
    Play m_play;
    bool m_isOpen = m_play.rig.engine->open();
};

namespace {
const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray kTunnel = "CONNECT @O@ HTTP/1.1\r\nHost: @O@\r\n\r\n";
} // namespace

void TestHandovers::connectIsATunnel() {
    QVERIFY(m_isOpen);
    LoopbackServer server;
    QByteArray line = kTunnel;
    line.replace("@O@", QByteArray("127.0.0.1:" + QByteArray::number(server.port())));
    Client client = m_play.connect();
    client.peer.send(QByteArray(line + "GET /in HTTP/1.1\r\n\r\n"));
    LoopbackPeer origin = accepted(server);
    QByteArray bytes;
    QVERIFY(receives(origin, bytes, "GET /in HTTP/1.1\r\n\r\n"));
    QCOMPARE(bytes, QByteArray("GET /in HTTP/1.1\r\n\r\n"));
    QVERIFY(receives(client.peer, client.bytes, "\r\n\r\n"));
    QVERIFY(client.bytes.startsWith("HTTP/1.1 200 "));
    QVERIFY(!client.bytes.contains("Content-Length"));
    QVERIFY(!client.bytes.contains("Transfer-Encoding"));
    client.bytes.clear();
    origin.send(QByteArray("HTTP/1.1 99 bad\n\0\r\r", 19));
    QVERIFY(receives(client.peer, client.bytes, QByteArray("bad\n\0\r\r", 7)));
    QCOMPARE(client.bytes.size(), 19);
}

void TestHandovers::connectIsRefused_data() {
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<int>("status");
    QTest::newRow("nobody listens") << QByteArray("127.0.0.1:1") << 502;
    QTest::newRow("our own port as a number") << QByteArray("2130706433:@P@") << 403;
    QTest::newRow("our own port in hexadecimal") << QByteArray("0x7f.1:@P@") << 403;
    QTest::newRow("our own port in IPv6 that is IPv4")
        << QByteArray("[::ffff:127.0.0.1]:@P@") << 403;
    QTest::newRow("our own port by another loopback address") << QByteArray("127.9.9.9:@P@") << 403;
    QTest::newRow("no host at all") << QByteArray("0.0.0.0:80") << 403;
    QTest::newRow("no host at all, short") << QByteArray("0:80") << 403;
    QTest::newRow("no host at all in IPv6") << QByteArray("[::]:80") << 403;
    QTest::newRow("the metadata service") << QByteArray("169.254.169.254:80") << 403;
    QTest::newRow("the metadata service as a number") << QByteArray("2852039166:80") << 403;
    QTest::newRow("the metadata service in octal") << QByteArray("0251.0376.0251.0376:80") << 403;
    QTest::newRow("the metadata service in IPv6 that is IPv4")
        << QByteArray("[::ffff:169.254.169.254]:80") << 403;
    QTest::newRow("the metadata service behind NAT64")
        << QByteArray("[64:ff9b::a9fe:a9fe]:80") << 403;
    QTest::newRow("a link-local address of IPv6") << QByteArray("[fe80::1]:80") << 403;
    QTest::newRow("a multicast address") << QByteArray("224.0.0.1:80") << 403;
    QTest::newRow("the broadcast address") << QByteArray("255.255.255.255:80") << 403;
}

void TestHandovers::connectIsRefused() {
    QFETCH(QByteArray, authority);
    QFETCH(const int, status);
    authority.replace("@P@", QByteArray::number(m_play.rig.port()));
    const QByteArrayList requests{
        QByteArray("CONNECT " + authority + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        QByteArray("GET http://" + authority + "/x HTTP/1.1\r\nHost: x\r\n\r\n")};
    for (const QByteArray& bytes : requests) {
        m_play.origin.expect({{kOk}});
        Client client = m_play.connect();
        const bool isConnect = bytes.startsWith("CONNECT");
        QVERIFY(m_play.tell(client, at(bytes), {isConnect ? "CONNECT" : "GET"}));
        const int got = client.read().responses.at(0).head.status;
        QVERIFY2(got == status, QByteArray(bytes + client.bytes).constData());
    }
}

void TestHandovers::connectToOurselvesIsServed_data() {
    QTest::addColumn<QByteArray>("authority");
    QTest::newRow("our own port") << QByteArray("@H@");
    QTest::newRow("our own port by name") << QByteArray("localhost:@P@");
}

void TestHandovers::connectToOurselvesIsServed() {
    QFETCH(QByteArray, authority);
    authority.replace("@P@", QByteArray::number(m_play.rig.port()));
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at("CONNECT " + authority + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                        {"CONNECT"}));
    QCOMPARE(client.read().responses.at(0).head.status, 200);
    QVERIFY(m_play.tell(client, at("GET /x HTTP/1.1\r\nHost: @H@\r\n\r\n")));
    QCOMPARE(client.read().responses.at(1).head.status, 200);
    QCOMPARE(m_play.origin.seen().at(0).line(), QByteArray("GET /x"));
}

void TestHandovers::nothingRunsBehindARefusedConnect() {
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    client.methods = {"CONNECT"};
    client.peer.send(at("CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: x\r\n\r\n"
                        "GET /x HTTP/1.1\r\nHost: @H@\r\n\r\n"));
    QVERIFY(m_play.waitForEnd(client));
    QCOMPARE(client.read().responses.at(0).head.status, 403);
    QCOMPARE(client.read().surplus, QByteArray());
    QVERIFY(m_play.origin.seen().empty());
}

void TestHandovers::aRefusedUpgradeIsAResponse() {
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at("GET /ws HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\n"
                                   "Upgrade: h2c, websocket\r\nSec-WebSocket-Key: k\r\n\r\n")));
    QCOMPARE(m_play.origin.seen().at(0).all("Upgrade"), QByteArray("websocket"));
    QCOMPARE(m_play.origin.seen().at(0).all("Connection").toLower(), QByteArray("upgrade"));
    QCOMPARE(client.read().responses.at(0).content, QByteArray("ok"));
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
}

void TestHandovers::anUpgradeWithContentIsNone() {
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at("GET /ws HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\n"
                                   "Upgrade: websocket\r\nContent-Length: 2\r\n\r\nhi")));
    QCOMPARE(m_play.origin.seen().at(0).all("Upgrade"), QByteArray());
    QCOMPARE(m_play.origin.seen().at(0).content, QByteArray("hi"));
    QVERIFY(m_play.isNextResponseItsOwn(client, Mode::Gateway));
}

void TestHandovers::aSwitchToSomethingElseIsAnError_data() {
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("to another protocol") << QByteArray("Connection: upgrade\r\nUpgrade: h2c\r\n");
    QTest::newRow("without a word on which") << QByteArray("Connection: upgrade\r\n");
}

void TestHandovers::aSwitchToSomethingElseIsAnError() {
    QFETCH(const QByteArray, fields);
    m_play.origin.expect({{QByteArray("HTTP/1.1 101 Switching\r\n" + fields + "\r\n")}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at("GET /ws HTTP/1.1\r\nHost: @H@\r\nConnection: Upgrade\r\n"
                                   "Upgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n")));
    QVERIFY2(client.bytes.startsWith("HTTP/1.1 502 "), client.bytes.constData());
}

void TestHandovers::maxForwardsEndsHere_data() {
    QTest::addColumn<Mode>("mode");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("part");
    const QByteArray zero = "@T@/x HTTP/1.1\r\nHost: @H@\r\nMax-Forwards: 0\r\n";
    QTest::newRow("OPTIONS to the gateway")
        << Mode::Gateway << QByteArray("OPTIONS " + zero + "\r\n") << 200 << QByteArray("Allow: ");
    QTest::newRow("OPTIONS through the proxy")
        << Mode::Forward << QByteArray("OPTIONS " + zero + "\r\n") << 200 << QByteArray("Allow: ");
    QTest::newRow("TRACE through the proxy shows the request")
        << Mode::Forward << QByteArray("TRACE " + zero + "X-Mine: 1\r\n\r\n") << 200
        << QByteArray("X-Mine: 1\r\n");
    QTest::newRow("TRACE to the gateway is refused")
        << Mode::Gateway << QByteArray("TRACE " + zero + "\r\n") << 405 << QByteArray("Allow: GET");
    QTest::newRow("OPTIONS of the whole gateway")
        << Mode::Gateway << QByteArray("OPTIONS * HTTP/1.1\r\nHost: @H@\r\n\r\n") << 200
        << QByteArray("Allow: GET");
}

void TestHandovers::maxForwardsEndsHere() {
    QFETCH(const Mode, mode);
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QFETCH(const QByteArray, part);
    m_play.origin.expect({{kOk}});
    Client client = m_play.connect();
    QVERIFY(m_play.tell(client, at(bytes, mode)));
    QCOMPARE(client.read().responses.at(0).head.status, status);
    QVERIFY2(client.bytes.contains(part), client.bytes.constData());
    QVERIFY(m_play.origin.seen().empty());
    QVERIFY(m_play.isNextResponseItsOwn(client, mode));
}

QTEST_GUILESS_MAIN(TestHandovers)
#include "tst_handovers.moc"
