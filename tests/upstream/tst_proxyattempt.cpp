// SPDX-License-Identifier: MIT
// Proxies that behave badly: each of them is a listener on loopback that says its lines in turn.
#include "core/upstream/proxyattempt.h"

#include "core/net/streamreactor.h"
#include "core/upstream/namedproxy.h"
#include "core/upstream/viaconnector.h"
#include "core/upstream/wayout.h"
#include "tests/net/loopbackpeer.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

class KnownPassword final : public ProxyPassword {
public:
    std::optional<Result<QByteArray, QString>> get(DeferredTask& /*waiter*/) override {
        return Result<QByteArray, QString>(QByteArray("pa55"));
    }
    void refused(const QByteArray& /*password*/) override {}
};

class Outcome final : public ConnectObserver {
public:
    void connected(StreamPtr s) override { stream = std::move(s); }
    void connectFailed(const StreamError& e) override { error = e; }
    [[nodiscard]] bool isOver() const { return stream || error; }
    StreamPtr stream;
    std::optional<StreamError> error;
};

/// A proxy that has one line for each request head that comes. ` ^` at the end of a line: it closes
/// the connection then; `!` alone: it resets it without a word.
class ScriptedProxy {
public:
    explicit ScriptedProxy(QByteArrayList lines)
        : m_lines(std::move(lines)) {}
    void turn() {
        if (m_peer.descriptor() < 0 || m_peer.isAtEnd) accept();
        if (m_peer.descriptor() < 0) return;
        m_received += m_peer.receive();
        if (!m_received.endsWith("\r\n\r\n") || m_lines.isEmpty()) return;
        heads << std::exchange(m_received, {});
        say(m_lines.takeFirst());
    }
    [[nodiscard]] ProxyHop hop() const { return {"127.0.0.1", m_server.port()}; }

    QByteArrayList heads;
    int connections = 0;

private:
    void accept() {
        LoopbackPeer next = m_server.accept();
        if (next.descriptor() < 0) return;
        m_peer = std::move(next);
        ++connections;
    }
    void say(QByteArray line) {
        if (line == "!") return m_peer.reset();
        const bool closes = line.endsWith(" ^");
        m_peer.send(closes ? line.chopped(2) : line);
        if (closes) m_peer.close();
    }

    QByteArrayList m_lines;
    LoopbackServer m_server;
    LoopbackPeer m_peer;
    QByteArray m_received;
};

struct Bench {
    explicit Bench(QByteArrayList lines)
        : proxy(std::move(lines)) {
        to.host = "origin.test";
        to.port = 443;
    }
    void connect() {
        auto proxies = std::make_shared<OutboundProxies>(
            std::make_shared<NamedProxy>(proxy.hop()), "alice", std::make_shared<KnownPassword>());
        way = wayOutBy(std::move(proxies), {true, to.host, to.port}, ProxyForm::Tunnel, via);
        to.wayOut = way;
        attempt = connector.connectTo(to, outcome);
        (void)QTest::qWaitFor([this] {
            proxy.turn();
            return outcome.isOver();
        });
    }

    ScriptedProxy proxy;
    ConnectTarget to;
    QByteArray via;
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    ViaConnector connector{*reactor, deadlines};
    std::shared_ptr<WayOut> way;
    Outcome outcome;
    std::unique_ptr<ConnectAttempt> attempt;
};

const QByteArray kLogin = "Proxy-Authenticate: Basic realm=r\r\n";
const QByteArray kOk = "HTTP/1.1 200 OK\r\n\r\n";

} // namespace

class TestProxyAttempt : public QObject {
    Q_OBJECT
private slots:
    void tunnelsThatStand_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("connections");
        QTest::addColumn<QByteArray>("early");
        const auto row = [](const char* tag, const QByteArrayList& lines, int connections,
                            const QByteArray& early = {}) {
            QTest::newRow(tag) << lines << connections << early;
        };
        row("bytes of the origin come with the 200", {kOk + "220 smtp\r\n"}, 1, "220 smtp\r\n");
        row("a length in the 200 counts for nothing",
            {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcdefgh"}, 1, "abcdefgh");
        row("nor does a coding", {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"}, 1,
            "0\r\n");
        row("a page comes with the 407",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Content-Length: 1000\r\n\r\n" + QByteArray(1000, 'p'),
             kOk},
            1);
        row("the page is in chunks",
            {"HTTP/1.1 407 L\r\n" + kLogin +
                 "Transfer-Encoding: chunked\r\n\r\n3\r\npag\r\n0\r\n\r\n",
             kOk},
            1);
        row("the page is larger than what is read of one",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Content-Length: 900000\r\n\r\n" +
                 QByteArray(100'000, 'p'),
             kOk},
            2);
        row("the page has no end", {"HTTP/1.0 407 L\r\n" + kLogin + "\r\npage", kOk}, 2);
        row("it closes after the 407 and says so",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Connection: close\r\nContent-Length: 0\r\n\r\n ^",
             kOk},
            2);
        row("it says so by the name of old",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Proxy-Connection: close\r\nContent-Length: 0\r\n\r\n",
             kOk},
            2);
        row("an HTTP/1.0 that stays open by the name of old",
            {"HTTP/1.0 407 L\r\n" + kLogin +
                 "Proxy-Connection: keep-alive\r\nContent-Length: 0\r\n\r\n",
             kOk},
            1);
        row("it closes after the 407 and does not say so",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Content-Length: 0\r\n\r\n ^", kOk}, 2);
        row("it resets the connection on the answer to its 407",
            {"HTTP/1.1 407 L\r\n" + kLogin + "Content-Length: 0\r\n\r\n", "!", kOk}, 2);
    }
    void tunnelsThatStand() {
        QFETCH(QByteArrayList, lines);
        const auto answers = lines.size();
        Bench b(lines);
        b.connect();
        QVERIFY2(b.outcome.stream != nullptr,
                 b.outcome.error ? qPrintable(b.outcome.error->detail) : "silence");
        QTEST(b.proxy.connections, "connections");
        QTEST(b.way->early, "early");
        QCOMPARE(b.proxy.heads.size(), answers);
        QVERIFY(!b.proxy.heads.first().contains("Proxy-Authorization"));
        if (answers > 1) QVERIFY(b.proxy.heads.last().contains("\r\nProxy-Authorization: Basic "));
    }

    void tunnelsThatFail_data() {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("connections");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* tag, const QByteArrayList& lines, int connections,
                            StreamFault fault, const char* reason) {
            QTest::newRow(tag) << lines << connections << static_cast<int>(fault)
                               << QString::fromUtf8(reason);
        };
        const QByteArray ask = "HTTP/1.1 407 L\r\n" + kLogin + "Content-Length: 0\r\n\r\n";
        row("it closes without a word", {"!"}, 1, StreamFault::Reset, "");
        row("it closes each connection at the answer", {ask, "!", "!"}, 2, StreamFault::Reset, "");
        row("it ends in mid-head", {"HTTP/1.1 200 OK\r\nX: ^"}, 1, StreamFault::Reset,
            "ended the connection before it answered");
        row("it ends in mid-page", {"HTTP/1.1 407 L\r\nContent-Length: 9\r\n\r\npage ^"}, 1,
            StreamFault::Reset, "ended the connection before it answered");
        row("a page for a tunnel", {"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"}, 1,
            StreamFault::ProxyRefused, "will not connect to origin.test:443 (302 Found)");
        row("another protocol for a tunnel",
            {"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"}, 1,
            StreamFault::ProxyRefused, "will not connect to origin.test:443 (101 Switching)");
        row("it leads back to us", {"HTTP/1.1 508 Loop Detected\r\nContent-Length: 0\r\n\r\n"}, 1,
            StreamFault::ProxyLoop, "is Sallyport itself or leads back to it");
    }
    void tunnelsThatFail() {
        QFETCH(QByteArrayList, lines);
        QFETCH(int, fault);
        QFETCH(QString, reason);
        Bench b(lines);
        b.to.timeout = 700ms;
        b.connect();
        QVERIFY(b.outcome.error);
        QCOMPARE(static_cast<int>(b.outcome.error->fault), fault);
        QTEST(b.proxy.connections, "connections");
        const QString wanted = QStringLiteral("the proxy 127.0.0.1:%1").arg(b.proxy.hop().port);
        QVERIFY2(b.outcome.error->detail.startsWith(wanted), qPrintable(b.outcome.error->detail));
        QVERIFY2(b.outcome.error->detail.contains(reason), qPrintable(b.outcome.error->detail));
    }

    /// Each byte comes in time, and the whole does not.
    void aDripIsNotWaitedFor() {
        Bench b({});
        b.to.timeout = 400ms;
        LoopbackServer slow;
        auto proxies = std::make_shared<OutboundProxies>(
            std::make_shared<NamedProxy>(ProxyHop{"127.0.0.1", slow.port()}), "", nullptr);
        b.to.wayOut = wayOutBy(std::move(proxies), {true, "o", 443}, ProxyForm::Tunnel);
        b.attempt = b.connector.connectTo(b.to, b.outcome);
        LoopbackPeer peer;
        QVERIFY(QTest::qWaitFor([&] {
            if (peer.descriptor() < 0) peer = slow.accept();
            if (peer.descriptor() >= 0) peer.send("HTTP/1.1 100 C\r\n\r\n");
            return b.outcome.isOver();
        }));
        QCOMPARE(b.outcome.error->fault, StreamFault::TimedOut);
    }
    void whatIsForwardedSaysItsVia() {
        Bench b({kOk});
        b.via = "1.1 client, 1.1 us";
        b.connect();
        QVERIFY(b.proxy.heads.first().contains("\r\nVia: 1.1 client, 1.1 us\r\n"));
    }

    void addresses_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isDenied");
        QTest::newRow("a name, which the proxy resolves") << QByteArray("origin.test") << false;
        QTest::newRow("an address that is allowed") << QByteArray("10.1.2.3") << false;
        QTest::newRow("an address that is not") << QByteArray("169.254.169.254") << true;
        QTest::newRow("the same in hexadecimal") << QByteArray("0xa9fea9fe") << true;
        QTest::newRow("the same in two numbers") << QByteArray("169.16689662") << true;
    }
    void addresses() {
        QFETCH(QByteArray, host);
        QFETCH(bool, isDenied);
        Bench b({kOk});
        b.to.host = host;
        b.to.mayConnect = [](const QHostAddress& to) {
            return !to.isInSubnet(QHostAddress(QStringLiteral("169.254.0.0")), 16);
        };
        b.connect();
        QCOMPARE(b.outcome.error.has_value(), isDenied);
        QCOMPARE(b.proxy.connections, isDenied ? 0 : 1);
        if (isDenied) QCOMPARE(b.outcome.error->fault, StreamFault::Denied);
    }
};

QTEST_GUILESS_MAIN(TestProxyAttempt)
#include "tst_proxyattempt.moc"
