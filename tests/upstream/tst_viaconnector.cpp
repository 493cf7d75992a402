// SPDX-License-Identifier: MIT
// Real sockets: a transport, the connector, and a proxy that a test plays.
#include "core/upstream/viaconnector.h"

#include "core/net/streamreactor.h"
#include "core/upstream/namedproxy.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/wayout.h"
#include "recordingupstream.h"
#include "tests/net/loopbackpeer.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

class KnownHops final : public ProxyFinder {
public:
    explicit KnownHops(ProxyHops hops)
        : m_hops(std::move(hops)) {}
    std::optional<ProxyHops> find(const ProxyQuery& /*query*/, DeferredTask& /*waiter*/) override {
        return m_hops;
    }

private:
    ProxyHops m_hops;
};

class KnownPassword final : public ProxyPassword {
public:
    std::optional<Result<QByteArray, QString>> get(DeferredTask& /*waiter*/) override {
        return Result<QByteArray, QString>(QByteArray("pa55"));
    }
    void refused(const QByteArray& password) override { gone << password; }
    QByteArrayList gone;
};

class Connected final : public ConnectObserver {
public:
    void connected(StreamPtr s) override { stream = std::move(s); }
    void connectFailed(const StreamError& e) override { error = e; }
    [[nodiscard]] bool isOver() const { return stream || error; }
    StreamPtr stream;
    std::optional<StreamError> error;
};

/// Everything on loopback: the proxy is a listener, what it says a test sends.
struct Bench {
    std::shared_ptr<OutboundProxies> proxiesBy(ProxyHops hops) {
        return std::make_shared<OutboundProxies>(std::make_shared<KnownHops>(std::move(hops)),
                                                 "alice", password);
    }
    [[nodiscard]] ProxyHop hop() const { return {"127.0.0.1", proxy.port()}; }
    /// A transport to http://origin.test:8080/base.
    void makeTransport() {
        SocketTransportOptions options;
        UpstreamTarget target;
        target.host = "origin.test";
        target.port = 8080;
        target.authority = "origin.test:8080";
        target.basePath = "/base";
        options.targets = {target};
        options.proxies = std::make_shared<OutboundProxies>(std::make_shared<NamedProxy>(hop()),
                                                            "alice", password);
        transport = makeSocketTransport(connector, deadlines, std::move(options));
    }
    void start(const QByteArray& method, const QByteArray& content = {}) {
        UpstreamRequest request;
        request.method = method;
        request.target = "/v1/x";
        if (!content.isEmpty())
            request.framing = {BodyKind::Length, static_cast<quint64>(content.size())};
        observer = std::make_unique<RecordingUpstream>();
        exchange = transport->start(std::move(request), *observer);
        if (content.isEmpty()) return;
        exchange->sendBody(content);
        exchange->finishBody({});
    }
    /// A tunnel to origin.test:443.
    void connectBy(ProxyHops hops, std::chrono::milliseconds timeout = 5s) {
        ConnectTarget to;
        to.host = "origin.test";
        to.port = 443;
        to.timeout = timeout;
        way = std::make_shared<WayOut>();
        way->proxies = proxiesBy(std::move(hops));
        to.wayOut = way;
        attempt = connector.connectTo(std::move(to), outcome);
    }
    [[nodiscard]] LoopbackPeer accept() {
        LoopbackPeer peer;
        (void)QTest::qWaitFor([&] {
            peer = proxy.accept();
            return peer.descriptor() >= 0;
        });
        return peer;
    }
    static QByteArray read(LoopbackPeer& peer, const QByteArray& end = "\r\n\r\n") {
        QByteArray got;
        (void)QTest::qWaitFor([&] {
            got += peer.receive();
            return got.endsWith(end);
        });
        return got;
    }
    [[nodiscard]] bool isAnswered() const {
        return QTest::qWaitFor([&] { return observer->isOver; });
    }
    [[nodiscard]] bool isConnected() const {
        return QTest::qWaitFor([&] { return outcome.isOver(); });
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    ViaConnector connector{*reactor, deadlines};
    LoopbackServer proxy;
    std::shared_ptr<KnownPassword> password = std::make_shared<KnownPassword>();
    std::unique_ptr<UpstreamTransport> transport;
    std::unique_ptr<RecordingUpstream> observer;
    std::unique_ptr<UpstreamExchange> exchange;
    std::shared_ptr<WayOut> way;
    Connected outcome;
    std::unique_ptr<ConnectAttempt> attempt;
};

const QByteArray kDigest = "HTTP/1.1 407 Login\r\nProxy-Authenticate: Digest realm=r, nonce=n, "
                           "qop=\"auth\"\r\nContent-Length: 4\r\n\r\npage";
/// To a HEAD: nothing follows, whatever it says.
const QByteArray kHeadOk = "HTTP/1.1 504 Not cached\r\nContent-Length: 2\r\n\r\n";
const QByteArray kHeadDigest = QByteArray(kDigest).chopped(4);
const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

quint16 closedPort() {
    const LoopbackServer server;
    return server.port();
}

} // namespace

class TestViaConnector : public QObject {
    Q_OBJECT
private slots:
    void absoluteForm() {
        Bench b;
        b.makeTransport();
        b.start("GET");
        LoopbackPeer proxy = b.accept();
        QVERIFY(Bench::read(proxy).startsWith("HEAD http://origin.test:8080/ HTTP/1.1\r\n"));
        proxy.send(kHeadOk);
        const QByteArray request = Bench::read(proxy);
        QVERIFY2(request.startsWith("GET http://origin.test:8080/base/v1/x HTTP/1.1\r\n"
                                    "Host: origin.test:8080\r\n"),
                 request.constData());
        QVERIFY(!request.contains("Proxy-Authorization"));
        proxy.send(kOk);
        QVERIFY(b.isAnswered());
        QCOMPARE(b.observer->story(), QByteArray("connected, sent, head 200, body, complete"));
        QCOMPARE(b.observer->facts->way, QStringLiteral("127.0.0.1:%1").arg(b.proxy.port()));
    }
    void absoluteFormWithDigestAndAPooledConnection() {
        Bench b;
        b.makeTransport();
        b.start("POST", "content");
        LoopbackPeer proxy = b.accept();
        QVERIFY(!Bench::read(proxy).contains("Proxy-Authorization"));
        proxy.send(kHeadDigest);
        QVERIFY(Bench::read(proxy).contains("Proxy-Authorization: Digest username=\"alice\""));
        proxy.send(kHeadOk);
        const QByteArray request = Bench::read(proxy, "content");
        QVERIFY2(request.contains("uri=\"http://origin.test:8080/base/v1/x\"") &&
                     request.contains("nc=00000002"),
                 request.constData());
        proxy.send(kOk);
        QVERIFY(b.isAnswered());
        QVERIFY(b.observer->facts->way.endsWith(QLatin1String(", Digest")));
        b.start("GET");
        QVERIFY(Bench::read(proxy).contains("nc=00000003"));
        proxy.send(kOk);
        QVERIFY(b.isAnswered());
        QVERIFY(b.observer->facts->isReused);
    }
    void aNonceThatEndsUnderARequestIsReplaced() {
        Bench b;
        b.makeTransport();
        b.start("GET");
        LoopbackPeer first = b.accept();
        Bench::read(first);
        first.send(kHeadDigest);
        Bench::read(first);
        first.send(kHeadOk);
        Bench::read(first);
        first.send(kOk);
        QVERIFY(b.isAnswered());
        b.start("POST", "content");
        Bench::read(first, "content");
        first.send(kDigest);
        LoopbackPeer second = b.accept();
        QVERIFY(Bench::read(second).startsWith("HEAD "));
        second.send(kHeadDigest);
        Bench::read(second);
        second.send(kHeadOk);
        QVERIFY(Bench::read(second, "content").startsWith("POST http://origin.test:8080/"));
        second.send(kOk);
        QVERIFY(b.isAnswered());
        QCOMPARE(b.observer->head.status, 200);
    }
    void aTunnel() {
        Bench b;
        b.connectBy({{}, {b.hop()}, {}});
        LoopbackPeer proxy = b.accept();
        QVERIFY(Bench::read(proxy).startsWith("CONNECT origin.test:443 HTTP/1.1\r\n"));
        proxy.send("HTTP/1.1 200 Connection established\r\n\r\nearly");
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.stream != nullptr);
        QCOMPARE(b.way->early, QByteArray("early"));
        QVERIFY(!b.way->login);
        b.outcome.stream->write("hello");
        QCOMPARE(Bench::read(proxy, "hello"), QByteArray("hello"));
    }
    void aProxyThatEndsEachConnection() {
        Bench b;
        b.connectBy({{}, {b.hop()}, {}});
        {
            LoopbackPeer first = b.accept();
            Bench::read(first);
            first.send("HTTP/1.0 407 Login\r\nProxy-Authenticate: Basic realm=r\r\n\r\n");
        }
        LoopbackPeer second = b.accept();
        QVERIFY(Bench::read(second).contains("Proxy-Authorization: Basic YWxpY2U6cGE1NQ=="));
        second.send("HTTP/1.0 200 OK\r\n\r\n");
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.stream != nullptr);
        QVERIFY(b.way->name.endsWith(QLatin1String(", Basic")));
    }
    void aRefusedPasswordIsReadAnew() {
        Bench b;
        b.connectBy({{}, {b.hop()}, {}});
        LoopbackPeer proxy = b.accept();
        for (int i = 0; i < 2; ++i) {
            Bench::read(proxy);
            proxy.send("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=r\r\n"
                       "Content-Length: 0\r\n\r\n");
        }
        QVERIFY(b.isConnected());
        QCOMPARE(b.outcome.error->fault, StreamFault::ProxyLogin);
        QCOMPARE(b.password->gone, QByteArrayList{"pa55"});
    }
    void theNextProxyIsTaken_data() {
        QTest::addColumn<int>("first");
        QTest::newRow("the first one is not there") << 0;
        QTest::newRow("the first one hangs up") << 1;
        QTest::newRow("the first one is no proxy") << 2;
        QTest::newRow("the first one does not answer") << 3;
    }
    void theNextProxyIsTaken() {
        QFETCH(int, first);
        Bench b;
        LoopbackServer other;
        const quint16 port = first == 0 ? closedPort() : other.port();
        b.connectBy({QStringLiteral("system, PAC"), {{"127.0.0.1", port}, b.hop()}, {}}, 800ms);
        LoopbackPeer odd;
        if (first != 0) {
            QVERIFY(QTest::qWaitFor([&] {
                odd = other.accept();
                return odd.descriptor() >= 0;
            }));
            if (first == 1) odd.close();
            if (first == 2) odd.send("SSH-2.0-x\r\n\r\n");
        }
        LoopbackPeer proxy = b.accept();
        QVERIFY(Bench::read(proxy).startsWith("CONNECT "));
        proxy.send("HTTP/1.1 200 OK\r\n\r\n");
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.stream != nullptr);
        QCOMPARE(b.way->name, QStringLiteral("system, PAC: 127.0.0.1:%1").arg(b.proxy.port()));
    }
    void whatAProxyRefusesIsNotAskedOfTheNext() {
        Bench b;
        b.connectBy({{}, {b.hop(), b.hop()}, {}});
        LoopbackPeer proxy = b.accept();
        Bench::read(proxy);
        proxy.send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        QVERIFY(b.isConnected());
        QCOMPARE(b.outcome.error->fault, StreamFault::ProxyRefused);
    }
    void directlyWhereTheSystemSaysSo() {
        Bench b;
        ConnectTarget to;
        to.host = "127.0.0.1";
        to.port = b.proxy.port();
        to.wayOut = b.way = std::make_shared<WayOut>();
        b.way->form = ProxyForm::Absolute;
        b.way->proxies = b.proxiesBy({QStringLiteral("system"), {ProxyHop{}}, {}});
        b.attempt = b.connector.connectTo(std::move(to), b.outcome);
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.stream != nullptr);
        QVERIFY(!b.way->login);
        QCOMPARE(b.way->name, QStringLiteral("system: direct"));
    }
    void failures_data() {
        QTest::addColumn<QByteArray>("said"); ///< empty: nothing
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("reason"); ///< after the name of the proxy
        const auto row = [](const char* tag, const QByteArray& said, StreamFault fault,
                            const char* reason) {
            QTest::newRow(tag) << said << static_cast<int>(fault) << QString::fromUtf8(reason);
        };
        row("silence", {}, StreamFault::TimedOut, "did not make the connection within 300 ms");
        row("no HTTP", "220 smtp.test\r\n\r\n", StreamFault::Other, "does not speak HTTP");
        row("a head without an end", "HTTP/1.1 200 OK\r\nX: " + QByteArray(100'000, 'x'),
            StreamFault::Other, "does not speak HTTP");
        row("403 with an endless page",
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
                QByteArray(0x20000, 'x'),
            StreamFault::ProxyRefused, "will not connect");
    }
    void failures() {
        QFETCH(QByteArray, said);
        QFETCH(int, fault);
        QFETCH(QString, reason);
        Bench b;
        b.connectBy({{}, {b.hop()}, {}}, 300ms);
        LoopbackPeer proxy = b.accept();
        Bench::read(proxy);
        proxy.send(said);
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.error);
        QCOMPARE(static_cast<int>(b.outcome.error->fault), fault);
        const QString wanted =
            QStringLiteral("the proxy 127.0.0.1:%1 ").arg(b.proxy.port()) + reason;
        QVERIFY2(b.outcome.error->detail.startsWith(wanted), qPrintable(b.outcome.error->detail));
    }
    void anInterimResponseIsPassedOver() {
        Bench b;
        b.connectBy({{}, {b.hop()}, {}});
        LoopbackPeer proxy = b.accept();
        Bench::read(proxy);
        proxy.send("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        QVERIFY(b.isConnected());
        QVERIFY(b.outcome.stream != nullptr);
    }
    void lettingGoGivesUp() {
        Bench b;
        b.connectBy({{}, {b.hop()}, {}});
        LoopbackPeer proxy = b.accept();
        Bench::read(proxy);
        b.attempt.reset();
        QVERIFY(QTest::qWaitFor([&] {
            (void)proxy.receive();
            return proxy.isAtEnd;
        }));
        QVERIFY(!b.outcome.isOver());
    }
};

QTEST_GUILESS_MAIN(TestViaConnector)
#include "tst_viaconnector.moc"
