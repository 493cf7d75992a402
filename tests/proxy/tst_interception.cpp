// SPDX-License-Identifier: MIT
// Tunnels to listed hosts, over real sockets: what is opened, what stays blind, what each row says.
#include "core/proxy/interception.h"

#include "interceptionrig.h"
#include "tests/tls/hellobytes.h"
#include "tests/tls/tlspeers.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QByteArray kHost = "api.example:443";

QByteArray localRoutes() {
    return "routes:\n"
           "  - {name: hello, match: {host: api.example, path: /api/hello}, access: open,\n"
           "     respond: {status: 200, body: \"{}\"}}\n"
           "intercept: [api.example, localhost]\n"
           "forward: {ports: [1-65535]}\n";
}

/// Those routes, and /up/ of the host to `origin`.
QByteArray routesTo(const LoopbackServer& origin) {
    return "upstreams:\n  - {name: up, targets: [{url: \"http://127.0.0.1:" +
           QByteArray::number(origin.port()) +
           "\"}]}\n"
           "routes:\n  - {name: up, match: {host: api.example}, access: open, upstream: up,\n"
           "     keepalive_comment: 0s}\n"
           "intercept: [api.example]\n";
}

QByteArray get(const QByteArray& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: api.example\r\n\r\n";
}

LoopbackPeer accepted(LoopbackServer& server) {
    LoopbackPeer peer;
    const bool came = QTest::qWaitFor([&] {
        peer = server.accept();
        return peer.descriptor() >= 0;
    });
    Q_UNUSED(came)
    return peer;
}

} // namespace

class TestInterception : public QObject {
    Q_OBJECT
private slots:
    void aRequestInsideTakesItsRoute() {
        InterceptionRig rig(localRoutes());
        const auto client = rig.inside(kHost);
        QVERIFY(client->tls && client->tls->isEstablished());
        QCOMPARE(client->tls->protocol(), QByteArray("http/1.1"));
        client->send(get("/api/hello"));
        QVERIFY(client->waitFor("\r\n\r\n{}"));
        const ExchangeRecord connect = rig.ended("CONNECT");
        QCOMPARE(connect.end, ExchangeEnd::Complete);
        QCOMPARE(connect.status, 200);
        QCOMPARE(connect.interceptedBy, QByteArray("api.example"));
        QCOMPARE(connect.notIntercepted, QString());
        const ExchangeRecord request = rig.ended("GET");
        QCOMPARE(request.role, RequestRole::Forward);
        QCOMPARE(request.route, QStringLiteral("hello"));
        QCOMPARE(request.host, QByteArray("api.example"));
        QCOMPARE(request.path, QByteArray("/api/hello"));
        QCOMPARE(request.interceptedBy, QByteArray("api.example"));
    }

    void aHelloMayComeInAnyPieces() {
        InterceptionRig rig(localRoutes());
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(kHost));
        OpenSslClientOptions options;
        options.root = rig.certificates->root();
        options.serverName = "api.example";
        client.tls = std::make_unique<OpenSslClient>(options);
        client.tls->take();
        for (const char byte : client.tls->give()) {
            client.socket.send({&byte, 1});
            QTest::qWait(0);
        }
        QTRY_VERIFY((client.turn(), client.tls->isEstablished()));
    }
    void aHelloMayComeWithTheConnect() {
        InterceptionRig rig(localRoutes());
        TunnelClient client(rig.port);
        client.tls = std::make_unique<OpenSslClient>(OpenSslClientOptions());
        client.tls->take();
        const QByteArray hello = client.tls->give();
        client.socket.send(QByteArray("CONNECT " + kHost + " HTTP/1.1\r\nHost: x\r\n\r\n" + hello));
        QByteArray got;
        QTRY_VERIFY((got += client.socket.receive(), got.contains("\r\n\r\n")));
        client.tls->take(got.mid(got.indexOf("\r\n\r\n") + 4));
        QTRY_VERIFY((client.turn(), client.tls->isEstablished()));
        client.send(get("/api/hello"));
        QVERIFY(client.waitFor("{}"));
    }

    void aConnectionInsideIsKeptAndPipelined() {
        InterceptionRig rig(localRoutes());
        const auto client = rig.inside(kHost);
        QByteArray many;
        for (int i = 0; i < 40; ++i)
            many += get("/api/hello?" + QByteArray::number(i));
        client->send(many);
        QTRY_VERIFY((client->turn(), client->received().count("\r\n\r\n{}") == 40));
        client->send(get("/api/hello"));
        QTRY_VERIFY((client->turn(), client->received().count("\r\n\r\n{}") == 41));
    }

    void eventsPassAsTheyCome() {
        LoopbackServer origin;
        InterceptionRig rig(routesTo(origin));
        const auto client = rig.inside(kHost);
        client->send(get("/v1/messages"));
        LoopbackPeer upstream = accepted(origin);
        upstream.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        QVERIFY(client->waitFor("data: 1\n\n"));
        upstream.send("data: 2\n\n");
        QVERIFY(client->waitFor("data: 2\n\n"));
        QVERIFY(upstream.receive().contains("GET /v1/messages "));
        upstream.close();
        QVERIFY(client->waitFor("\r\n0\r\n\r\n"));
    }

    void manyBytesPassBothWays() {
        constexpr qsizetype kBytes = qsizetype{64} * 1024 * 1024;
        LoopbackServer origin;
        InterceptionRig rig(routesTo(origin));
        const auto client = rig.inside(kHost);
        client->send("POST /x HTTP/1.1\r\nHost: api.example\r\nContent-Length: " +
                     QByteArray::number(kBytes) + "\r\n\r\n");
        LoopbackPeer upstream = accepted(origin);
        const QByteArray piece(256 * 1024, '\1');
        qsizetype sent = 0;
        qsizetype came = 0;
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (sent < kBytes && !client->hasUnsent()) {
                    client->send(piece);
                    sent += piece.size();
                }
                client->turn();
                came += upstream.receive().count('\1');
                return came >= kBytes;
            },
            30'000));
        QByteArray toSend = "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(kBytes) +
                            "\r\n\r\n" + QByteArray(kBytes, '\1');
        qsizetype got = 0;
        QVERIFY(QTest::qWaitFor(
            [&] {
                const qsizetype taken = upstream.send(
                    QByteArrayView(toSend).first(std::min<qsizetype>(toSend.size(), 1024 * 1024)));
                if (taken > 0) toSend.remove(0, taken);
                client->turn();
                got += std::exchange(client->received(), {}).count('\1');
                return got >= kBytes;
            },
            30'000));
        QCOMPARE(got, kBytes);
    }

    void aWebSocketInsideIsOne() {
        LoopbackServer origin;
        InterceptionRig rig(routesTo(origin));
        const auto client = rig.inside(kHost);
        client->send("GET /ws HTTP/1.1\r\nHost: api.example\r\nConnection: Upgrade\r\n"
                     "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        LoopbackPeer upstream = accepted(origin);
        QByteArray asked;
        QTRY_VERIFY((asked += upstream.receive(), asked.contains("\r\n\r\n")));
        upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                      "Upgrade: websocket\r\n"
                      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x02hi");
        QVERIFY(client->waitFor("\x81\x02hi"));
        client->send(QByteArray("\x81\x82\0\0\0\0yo", 8));
        asked.clear();
        QTRY_VERIFY((asked += upstream.receive(), asked.endsWith("yo")));
        upstream.close();
        QTRY_VERIFY((client->turn(), client->hasEnded()));
        client->socket.close();
        const ExchangeRecord record = rig.ended("GET");
        QVERIFY(record.webSocket.has_value());
        QCOMPARE(record.interceptedBy, QByteArray("api.example"));
        QCOMPARE(record.webSocket->fromServer.messages, quint64{1});
        QCOMPARE(record.webSocket->fromClient.messages, quint64{1});
    }

    void withoutARouteItGoesToTheHostItselfByTls() {
        const CertifiedKey root = makeAuthority("Nobody's root");
        TlsServer origin(makeLeaf(root, "DNS:localhost"));
        const QByteArray host = "localhost:" + QByteArray::number(origin.port());
        InterceptionRig rig("intercept: [\"" + host + "\"]\n");
        const auto client = rig.inside(host);
        client->send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QVERIFY(client->waitFor("X-Sallyport-Error: upstream_tls"));
        QVERIFY(!origin.connections.empty());
        QCOMPARE(origin.at(0).tls->serverName(), QByteArray("localhost"));
    }

    void whatIsNotForTheHostStaysBlind_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("a host that is not listed")
            << QByteArray("other.example") << QByteArray("localhost") << QString();
        QTest::newRow("another name in the hello")
            << QByteArray() << QByteArray("b.example") << QStringLiteral("“b.example”");
    }
    void whatIsNotForTheHostStaysBlind() {
        QFETCH(const QByteArray, entry);
        QFETCH(const QByteArray, name);
        QFETCH(const QString, why);
        const CertifiedKey root = makeAuthority("The origin's root");
        TlsServer origin(makeLeaf(root, "DNS:" + name));
        const QByteArray host = "localhost:" + QByteArray::number(origin.port());
        InterceptionRig rig("intercept: [\"" + (entry.isEmpty() ? host : entry) +
                            "\"]\nforward: {ports: [1-65535]}\n");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(host));
        OpenSslClientOptions options;
        options.root = root.certificate; // the origin's own certificate, or the handshake fails
        options.serverName = name;
        QVERIFY(client.beginTls(options));
        client.send("ping");
        QTRY_COMPARE(origin.at(0).tls->received, QByteArray("ping"));
        client.socket.close();
        const ExchangeRecord record = rig.ended("CONNECT");
        QVERIFY2(record.notIntercepted.contains(why), qPrintable(record.notIntercepted));
        QCOMPARE(record.notIntercepted.isEmpty(), why.isEmpty());
        QCOMPARE(record.interceptedBy, QByteArray());
        QVERIFY(record.requestBytes > 4);
    }

    void whatIsNoTlsPassesByteForByte() {
        LoopbackServer origin;
        const QByteArray host = "localhost:" + QByteArray::number(origin.port());
        InterceptionRig rig("intercept: [\"" + host + "\"]\nforward: {ports: [1-65535]}\n");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(host));
        client.send(QByteArray("\0\1GET", 5));
        LoopbackPeer upstream = accepted(origin);
        client.send(QByteArray("\r\n\xff", 3));
        QByteArray came;
        QTRY_COMPARE((came += upstream.receive(), came), QByteArray("\0\1GET\r\n\xff", 8));
        upstream.close();
        QVERIFY(client.waitForEnd());
        client.socket.close();
        QVERIFY(rig.ended("CONNECT").notIntercepted.contains(u"not TLS"));
    }

    void whatStaysBlindGoesByTheProxyOfForward() {
        LoopbackServer proxies;
        InterceptionRig rig("intercept: [far.example]\nforward: {via: \"http://127.0.0.1:" +
                            QByteArray::number(proxies.port()) + "\"}\n");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo("far.example:443"));
        client.send(QByteArray("\0\1GET", 5));
        LoopbackPeer proxy = accepted(proxies);
        QByteArray came;
        QTRY_VERIFY((came += proxy.receive(), came.endsWith("\r\n\r\n")));
        QVERIFY2(came.startsWith("CONNECT far.example:443 HTTP/1.1\r\n"), came.constData());
        QVERIFY(came.contains("\r\nVia: 1.1 "));
        proxy.send("HTTP/1.1 200 OK\r\n\r\nhello");
        QVERIFY(client.waitFor("hello"));
        came.clear();
        QTRY_COMPARE((came += proxy.receive(), came), QByteArray("\0\1GET", 5));
        proxy.close();
        QVERIFY(client.waitForEnd());
        client.socket.close();
        QCOMPARE(rig.ended("CONNECT").way, QStringLiteral("127.0.0.1:%1").arg(proxies.port()));
    }

    void whatMayNotBeBlindIsCut() {
        LoopbackServer origin;
        const QByteArray host = "localhost:" + QByteArray::number(origin.port());
        InterceptionRig rig("intercept: [\"" + host + "\"]\nforward: {enabled: false}\n");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(host));
        client.send("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(client.waitForEnd());
        const ExchangeRecord record = rig.ended("CONNECT");
        QCOMPARE(record.end, ExchangeEnd::Refused);
        QCOMPARE(record.errorCode, QByteArray("blocked"));
        QCOMPARE(origin.accept().descriptor(), -1);
    }
    void aHostThatCannotBeReachedIsNamedInTheRow() {
        const quint16 closed = LoopbackServer().port();
        const QByteArray host = "127.0.0.1:" + QByteArray::number(closed);
        InterceptionRig rig("intercept: [\"" + host + "\"]\nforward: {ports: [1-65535]}\n");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(host));
        client.send("not TLS");
        QVERIFY(client.waitForEnd());
        const ExchangeRecord record = rig.ended("CONNECT");
        QCOMPARE(record.end, ExchangeEnd::UpstreamError);
        QVERIFY2(record.error.contains(QString::fromLatin1(host)), qPrintable(record.error));
    }

    void aClientThatDoesNotTrustIsTold_data() {
        QTest::addColumn<bool>("checksLater");
        QTest::addColumn<int>("version");
        QTest::newRow("by an alert") << false << TLS1_3_VERSION;
        QTest::newRow("by an alert of TLS 1.2") << false << TLS1_2_VERSION;
        QTest::newRow("after the handshake, as Node does") << true << TLS1_3_VERSION;
    }
    void aClientThatDoesNotTrustIsTold() {
        QFETCH(const bool, checksLater);
        QFETCH(const int, version);
        InterceptionRig rig(localRoutes());
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(kHost));
        OpenSslClientOptions options;
        options.version = version;
        options.serverName = "api.example";
        if (!checksLater) options.root = makeAuthority("Another root").certificate;
        QCOMPARE(client.beginTls(options), checksLater);
        client.turn();
        client.socket.close();
        const ExchangeRecord record = rig.ended("CONNECT");
        QCOMPARE(record.end, ExchangeEnd::ClientGone);
        QVERIFY2(record.error.contains(u"NODE_EXTRA_CA_CERTS"), qPrintable(record.error));
        QVERIFY(record.error.contains(u"take api.example out of intercept"));
    }

    void http2AloneGetsAnAlert() {
        InterceptionRig rig(localRoutes());
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(kHost));
        OpenSslClientOptions options;
        options.serverName = "api.example";
        options.protocols = QByteArray("\x02h2");
        QVERIFY(!client.beginTls(options));
        QCOMPARE(client.tls->alert.value_or(0), SSL_AD_NO_APPLICATION_PROTOCOL);
        const ExchangeRecord record = rig.ended("CONNECT");
        QCOMPARE(record.end, ExchangeEnd::Refused);
        QVERIFY2(record.error.contains(u"“h2”"), qPrintable(record.error));
    }

    void withoutACertificateTheConnectIsRefused() {
        InterceptionRig rig(localRoutes());
        rig.certificates->problem = QStringLiteral("there is no local CA");
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(kHost));
        QVERIFY(client.plain.startsWith("HTTP/1.1 502 "));
        QVERIFY(client.plain.contains("X-Sallyport-Error: no_certificate"));
        QVERIFY(client.plain.contains("stands in intercept"));
        QVERIFY(rig.ended("CONNECT").error.contains(u"there is no local CA"));
    }

    void aClientThatSaysNothingIsEnded() {
        Limits limits;
        limits.headerTimeout = std::chrono::milliseconds(200);
        InterceptionRig rig(localRoutes(), limits);
        TunnelClient client(rig.port);
        QVERIFY(client.connectTo(kHost));
        client.send("\x16\x03");
        QVERIFY(client.waitForEnd());
        QVERIFY(rig.ended("CONNECT").error.contains(u"began no TLS"));
    }

    void anotherListIsForNewTunnels() {
        LoopbackServer origin;
        InterceptionRig rig(localRoutes());
        const auto before = rig.inside(kHost);
        before->send(get("/api/hello"));
        QVERIFY(before->waitFor("{}"));
        QByteArray routes = localRoutes();
        rig.load(routes.replace("intercept: [api.example, localhost]", "intercept: []"));
        before->received().clear();
        before->send(get("/api/hello"));
        QVERIFY(before->waitFor("{}"));
        TunnelClient after(rig.port);
        QVERIFY(after.connectTo("127.0.0.1:" + QByteArray::number(origin.port())));
        QVERIFY(after.plain.startsWith("HTTP/1.1 200 "));
        QVERIFY(accepted(origin).descriptor() >= 0); // before a byte was sent: blind
    }

    void aDrainLetsTheRequestInsideEnd() {
        LoopbackServer origin;
        InterceptionRig rig(routesTo(origin));
        const auto client = rig.inside(kHost);
        TunnelClient undecided(rig.port);
        QVERIFY(undecided.connectTo(kHost));
        client->send(get("/x"));
        LoopbackPeer upstream = accepted(origin);
        rig.server.drain(std::chrono::seconds(20));
        QVERIFY(undecided.waitForEnd());
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QVERIFY(client->waitFor("\r\n\r\nok"));
        QVERIFY(client->waitForEnd());
        QVERIFY(client->tls->sawCloseNotify());
    }

    void aTunnelCountsAsOneConnection() {
        Limits limits;
        limits.connectionsPerClient = 2;
        InterceptionRig rig(localRoutes(), limits);
        for (int i = 0; i < 5; ++i) {
            const auto client = rig.inside(kHost);
            client->send(get("/api/hello"));
            QVERIFY(client->waitFor("{}"));
            client->socket.close();
            QCOMPARE(rig.ended("GET").status, 200);
            QTest::qWait(20);
        }
    }
};

QTEST_GUILESS_MAIN(TestInterception)
#include "tst_interception.moc"
