// SPDX-License-Identifier: MIT
// `forward.via`: what a client is told of the company's proxy, over real sockets. The origin of the
// rig plays the proxy.
#include "accessrig.h"

using namespace sallyport;
using namespace sallyport::test;

namespace {

const QByteArray kPassword = "planted+forward/password~47";
const QByteArray kAsk =
    "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=r\r\nContent-Length: 4\r\n\r\npage";
const QByteArray kOk = "HTTP/1.1 200 Connection established\r\n\r\n";

/// A gateway whose `forward` goes by the proxy that a test plays; `more` are keys of `forward`.
class ForwardRig : public AccessRig {
public:
    explicit ForwardRig(const QByteArray& user = {}, const QByteArray& more = {})
        : AccessRig(QByteArray("forward: {via: \"VIA\"") + more + "}\n") {
        const QByteArray authority = "127.0.0.1:" + QByteArray::number(origin.port());
        writeFile("routes.yaml",
                  readFile("routes.yaml").replace("VIA", QByteArray("http://" + user + authority)));
        isOpen = engine->open();
    }
    [[nodiscard]] QString proxyName() const {
        return QStringLiteral("127.0.0.1:%1").arg(origin.port());
    }
    bool isOpen = false;
};

QByteArray connectTo(const QByteArray& authority, const QByteArray& fields = {}) {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + fields + "\r\n";
}

} // namespace

class TestForwardVia : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { qputenv("SALLYPORT_FORWARD_PASSWORD", kPassword); }

    void aBlindTunnelGoesByTheProxy() {
        ForwardRig rig("alice@", ", via_credential: env:SALLYPORT_FORWARD_PASSWORD");
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.isOpen);
        LoopbackPeer client =
            rig.sent(connectTo("far.test:443", "Via: 1.1 before\r\nX-Secret: of the client\r\n"));
        client.send("early client");
        LoopbackPeer proxy = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(proxy, asked, "\r\n\r\n"));
        QVERIFY2(asked.startsWith("CONNECT far.test:443 HTTP/1.1\r\nHost: far.test:443\r\n"
                                  "Via: 1.1 before, 1.1 "),
                 asked.constData());
        QVERIFY(!asked.contains("X-Secret") && !asked.contains("Proxy-Authorization"));
        proxy.send(kAsk);
        asked.clear();
        QVERIFY(receives(proxy, asked, "\r\n\r\n"));
        QVERIFY(asked.contains("\r\nProxy-Authorization: Basic "));
        proxy.send(QByteArray(kOk + "early origin"));
        QByteArray got;
        QVERIFY(receives(client, got, "early origin"));
        QVERIFY2(got.startsWith("HTTP/1.1 200 "), got.constData());
        QVERIFY(!got.contains("407") && !got.contains("page"));
        asked.clear();
        QVERIFY(receives(proxy, asked, "early client"));
        // Half-close, both ways.
        client.finishWriting();
        QVERIFY(ends(proxy, asked));
        proxy.send("last words");
        proxy.finishWriting();
        QVERIFY(ends(client, got));
        QVERIFY(got.endsWith("last words"));
        const ExchangeRecord record = rig.record(changes, 1);
        QCOMPARE(record.way, rig.proxyName() + QStringLiteral(", Basic"));
        QCOMPARE(record.end, ExchangeEnd::Complete);
    }

    void absoluteFormGoesByTheProxy() {
        ForwardRig rig;
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.isOpen);
        LoopbackPeer client = rig.sent("GET http://far.test/x HTTP/1.1\r\nHost: far.test\r\n\r\n");
        LoopbackPeer proxy = accepted(rig.origin);
        QByteArray asked;
        QVERIFY(receives(proxy, asked, "\r\n\r\n"));
        QVERIFY(asked.startsWith("HEAD http://far.test:80/ HTTP/1.1\r\n"));
        QVERIFY(asked.contains("\r\nVia: 1.1 "));
        proxy.send("HTTP/1.1 504 Not cached\r\nContent-Length: 2\r\n\r\n");
        asked.clear();
        QVERIFY(receives(proxy, asked, "\r\n\r\n"));
        QVERIFY2(asked.startsWith("GET http://far.test/x HTTP/1.1\r\n") ||
                     asked.startsWith("GET http://far.test:80/x HTTP/1.1\r\n"),
                 asked.constData());
        proxy.send(response(200, "by the proxy"));
        QByteArray got;
        QVERIFY(receives(client, got, "by the proxy"));
        QCOMPARE(rig.record(changes, 1).way, rig.proxyName());
    }

    void errors_data() {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("answer"); ///< of the proxy, to each request
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("text"); ///< in the message; PROXY is its address
        const QByteArray secret = "alice:" + kPassword.toPercentEncoding() + "@";
        QTest::newRow("a login, and no user")
            << QByteArray() << kAsk << QByteArray("502") << QByteArray("proxy_login")
            << QByteArray("the proxy PROXY asks for a login by Basic, and via names no user");
        QTest::newRow("a password that it does not take")
            << secret << kAsk << QByteArray("502") << QByteArray("proxy_login")
            << QByteArray("the proxy PROXY refuses the login of \\\"alice\\\" by Basic; mend via");
        QTest::newRow("a host that it refuses")
            << secret << QByteArray("HTTP/1.1 403 Category: games\r\nContent-Length: 4\r\n\r\npage")
            << QByteArray("502") << QByteArray("proxy_refused")
            << QByteArray("the proxy PROXY will not connect to far.test:443 (403 Category: games)");
        QTest::newRow("a host that it cannot reach")
            << secret << QByteArray("HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("502") << QByteArray("upstream_connect")
            << QByteArray("the proxy PROXY cannot reach far.test:443 (503 Down)");
        QTest::newRow("it says the password again")
            << secret << QByteArray("HTTP/1.1 403 " + kPassword + "\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("502") << QByteArray("proxy_refused") << QByteArray("the proxy PROXY ");
        QTest::newRow("it is no proxy")
            << QByteArray() << QByteArray("220 smtp\r\n\r\n") << QByteArray("502")
            << QByteArray("upstream_connect") << QByteArray("the proxy PROXY does not speak HTTP");
    }
    void errors() {
        QFETCH(const QByteArray, user);
        QFETCH(const QByteArray, answer);
        QFETCH(const QByteArray, status);
        QFETCH(const QByteArray, code);
        QFETCH(QByteArray, text);
        ForwardRig rig(user);
        QVERIFY(rig.isOpen);
        LoopbackPeer client = rig.sent(connectTo("far.test:443"));
        LoopbackPeer proxy = accepted(rig.origin);
        QByteArray got;
        QByteArray asked;
        QVERIFY(QTest::qWaitFor([&] {
            asked += proxy.receive();
            if (asked.endsWith("\r\n\r\n")) {
                asked.clear();
                proxy.send(answer);
            }
            got += client.receive();
            return got.endsWith("}}");
        }));
        QVERIFY2(got.startsWith(QByteArray("HTTP/1.1 " + status)), got.constData());
        QVERIFY2(got.contains(QByteArray("X-Sallyport-Error: " + code + "\r\n")), got.constData());
        QVERIFY(!got.contains("Proxy-Authenticate"));
        text.replace("PROXY", rig.proxyName().toUtf8());
        QVERIFY2(got.contains(text), got.constData());
        QVERIFY2(!got.contains(kPassword), got.constData());
    }

    /// `via` is Sallyport itself: Via ends it, and the client is told.
    void aLoopEnds_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("CONNECT") << connectTo("far.test:443");
        QTest::newRow("absolute-form")
            << QByteArray("GET http://far.test/x HTTP/1.1\r\nHost: far.test\r\n\r\n");
    }
    void aLoopEnds() {
        QFETCH(const QByteArray, request);
        AccessRig rig("forward: {via: direct}\n");
        QSignalSpy changes(rig.engine.get(), &Engine::exchangesChanged);
        QVERIFY(rig.engine->open());
        rig.writeFile("routes.yaml", "forward: {via: \"http://127.0.0.1:" +
                                         QByteArray::number(rig.port()) + "\"}\n");
        rig.engine->reload();
        LoopbackPeer client = rig.sent(request);
        QByteArray got;
        QVERIFY(receives(client, got, "}}"));
        QVERIFY2(got.startsWith("HTTP/1.1 508 "), got.constData());
        QVERIFY2(got.contains("X-Sallyport-Error: loop\r\n"), got.constData());
        QVERIFY2(got.contains("Sallyport itself"), got.constData());
        QVERIFY(lastId(changes) <= 4);
    }
};

QTEST_GUILESS_MAIN(TestForwardVia)
#include "tst_forwardvia.moc"
