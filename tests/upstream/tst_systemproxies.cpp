// SPDX-License-Identifier: MIT
#include "core/upstream/systemproxies.h"

#include <QMutex>
#include <QNetworkProxyFactory>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThreadPool>

#include <array>
#include <atomic>

using namespace sallyport;
using namespace std::chrono_literals;

namespace {

const ProxyQuery kHere{true, "origin.test", 443};

class Waiter final : public DeferredTask {
public:
    int runs = 0;

private:
    void runDeferred() override { ++runs; }
};

/// Asks again each time that it is told to.
class Asker final : public DeferredTask {
public:
    void ask(SystemProxies& proxies, const ProxyQuery& query) {
        m_proxies = &proxies;
        m_query = query;
        runDeferred();
    }
    std::optional<ProxyHops> found;
    bool givesUp = false;

private:
    void runDeferred() override {
        if (!givesUp) found = m_proxies->find(m_query, *this);
    }
    SystemProxies* m_proxies = nullptr;
    ProxyQuery m_query;
};

QByteArray textOf(const ProxyHops& found) {
    QByteArray out = found.source.toLatin1();
    for (const ProxyHop& hop : found.hops)
        if (hop.host.isEmpty())
            out += " direct";
        else
            out += ' ' + hop.host + ':' + QByteArray::number(hop.port) + hop.identity.user;
    return out;
}

} // namespace

class TestSystemProxies : public QObject {
    Q_OBJECT
    /// Sets variables for one row, and takes all others of their kind away.
    static void setVariables(const QByteArrayList& wanted) {
        for (const char* name : {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY",
                                 "HTTPS_PROXY", "NO_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
        for (const QByteArray& each : wanted)
            qputenv(each.left(each.indexOf('=')).constData(), each.mid(each.indexOf('=') + 1));
    }
    /// Sanitizers would tell of what libproxy and JavaScriptCore leave behind.
    static bool canAskTheSystem() {
#ifdef __SANITIZE_ADDRESS__
        return false;
#else
        setVariables({"https_proxy=http://probe.test:1"});
        return textOf(askSystemForProxies(kHere)) == "system probe.test:1";
#endif
    }
private slots:
    void cleanup() { setVariables({}); }

    void variables_data() {
        QTest::addColumn<QByteArrayList>("variables");
        QTest::addColumn<QByteArray>("url"); ///< `[s]host:port`
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char* tag, const QByteArrayList& variables, const char* url,
                            const char* found) {
            QTest::newRow(tag) << variables << QByteArray(url) << QByteArray(found);
        };
        const QByteArray https = "HTTPS_PROXY=http://p.test:99";
        const QByteArray http = "http_proxy=http://h.test:80";
        row("none", {}, "sa.test:443", "system direct");
        row("one for https", {https}, "sa.test:443", "system p.test:99");
        row("another one for http", {https, http}, "a.test:80", "system h.test:80");
        row("with a login", {"https_proxy=http://al:p%40ss@p.test:99"}, "sa.test:443",
            "system p.test:99al");
        row("NO_PROXY names the domain", {https, "NO_PROXY=.corp.test,b.test"}, "sx.corp.test:443",
            "system direct");
        row("NO_PROXY names the host", {https, "NO_PROXY=b.test,x.corp.test"}, "sx.corp.test:443",
            "system direct");
        row("NO_PROXY names a network", {http, "no_proxy=10.0.0.0/8"}, "10.1.2.3:80",
            "system direct");
        row("NO_PROXY names another host", {https, "NO_PROXY=b.test"}, "sx.corp.test:443",
            "system p.test:99");
        row("a script in a file, which libproxy ends on", {"http_proxy=pac+file:///x.pac"},
            "sa.test:443", "system");
        row("SOCKS alone", {"https_proxy=socks5://s.test:1080"}, "sa.test:443", "system");
    }
    void variables() {
        QFETCH(QByteArrayList, variables);
        QFETCH(QByteArray, url);
        if (!canAskTheSystem()) QSKIP("no libproxy here");
        setVariables(variables);
        const bool isTls = url.startsWith('s');
        if (isTls) url = url.mid(1);
        const qsizetype colon = url.lastIndexOf(':');
        const ProxyHops found = askSystemForProxies(
            {isTls, url.left(colon), static_cast<quint16>(url.mid(colon + 1).toUInt())});
        QTEST(textOf(found), "found");
        QCOMPARE(found.hops.empty(), !found.problem.isEmpty());
    }

    /// A script of the network, run by libproxy: two proxies, and a host that it leaves alone.
    void aScript() {
        if (!canAskTheSystem()) QSKIP("no libproxy here");
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            QTcpSocket* const peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] {
                if (!peer->readAll().contains("\r\n\r\n")) return;
                const QByteArray text =
                    "function FindProxyForURL(url, host) { if (host == \"past.test\") return "
                    "\"DIRECT\"; return \"PROXY 127.0.0.1:1; PROXY proxy-b.test:8080\"; }";
                peer->write(QByteArray("HTTP/1.1 200 OK\r\nContent-Type: "
                                       "application/x-ns-proxy-autoconfig\r\nConnection: "
                                       "close\r\nContent-Length: " +
                                       QByteArray::number(text.size()) + "\r\n\r\n" + text));
                peer->disconnectFromHost();
            });
        });
        setVariables({QByteArray("http_proxy=pac+http://127.0.0.1:" +
                                 QByteArray::number(server.serverPort()) + "/proxy.pac")});
        ManualClock clock;
        SystemProxies proxies(clock, askSystemForProxies);
        Waiter waiter;
        QVERIFY(!proxies.find(kHere, waiter));
        QTRY_COMPARE_WITH_TIMEOUT(waiter.runs, 1, 30'000);
        const ProxyHops found = *proxies.find(kHere, waiter);
        if (found.problem.contains(QLatin1String("libproxy1-plugin-webkit")))
            QSKIP("nothing here can run a script");
        QCOMPARE(textOf(found), QByteArray("system, PAC 127.0.0.1:1 proxy-b.test:8080 direct"));
        QVERIFY(!proxies.find({true, "past.test", 443}, waiter));
        QTRY_COMPARE_WITH_TIMEOUT(waiter.runs, 2, 30'000);
        QCOMPARE(textOf(*proxies.find({true, "past.test", 443}, waiter)),
                 QByteArray("system, PAC direct"));
    }

    void answersAreKeptForAWhile() {
        ManualClock clock;
        std::atomic<int> asked{0};
        SystemProxies proxies(clock, [&](const ProxyQuery&) {
            return ProxyHops{QStringLiteral("system"), {{"p", quint16(++asked)}}, {}};
        });
        Waiter waiter;
        QVERIFY(!proxies.find(kHere, waiter));
        Waiter other;
        QVERIFY(!proxies.find(kHere, other));
        QTRY_COMPARE(waiter.runs, 1);
        QCOMPARE(other.runs, 1);
        QCOMPARE(proxies.find(kHere, waiter)->hops.front().port, quint16{1});
        clock.advance(29s);
        QVERIFY(proxies.find(kHere, waiter));
        clock.advance(2s);
        QVERIFY(!proxies.find(kHere, waiter));
        QTRY_COMPARE(waiter.runs, 2);
        QCOMPARE(proxies.find(kHere, waiter)->hops.front().port, quint16{2});
    }
    void anotherNetworkIsAskedAnew() {
        ManualClock clock;
        std::atomic<int> asked{0};
        SystemProxies proxies(clock, [&](const ProxyQuery&) {
            return ProxyHops{QStringLiteral("system"), {{"p", quint16(++asked)}}, {}};
        });
        Waiter waiter;
        QVERIFY(!proxies.find(kHere, waiter));
        QTRY_COMPARE(waiter.runs, 1);
        const quint64 before = proxies.generation();
        proxies.networkChanged();
        QVERIFY(proxies.generation() != before);
        QVERIFY(!proxies.find(kHere, waiter));
        QTRY_COMPARE(waiter.runs, 2);
        QCOMPARE(proxies.find(kHere, waiter)->hops.front().port, quint16{2});
    }
    void anAnswerFromTheNetworkBeforeIsNotUsed() {
        ManualClock clock;
        QSemaphore go;
        std::atomic<int> asked{0};
        SystemProxies proxies(clock, [&](const ProxyQuery&) {
            const int number = ++asked;
            go.acquire();
            return ProxyHops{QStringLiteral("system"), {{"p", quint16(number)}}, {}};
        });
        Waiter waiter;
        QVERIFY(!proxies.find(kHere, waiter));
        QTRY_COMPARE(asked.load(), 1);
        proxies.networkChanged();
        go.release();
        QTRY_COMPARE(waiter.runs, 1);
        QVERIFY(!proxies.find(kHere, waiter));
        go.release();
        QTRY_COMPARE(waiter.runs, 2);
        QCOMPARE(proxies.find(kHere, waiter)->hops.front().port, quint16{2});
    }
    /// With as many questions under way as there may be, the next one waits for its turn.
    void hostsOfClientsAreAskedForInTurn_data() {
        QTest::addColumn<bool>("isOfClients");
        QTest::addColumn<int>("atOnce");
        QTest::newRow("hosts that clients name") << true << 1;
        QTest::newRow("hosts of the configuration") << false << 3;
    }
    void hostsOfClientsAreAskedForInTurn() {
        QFETCH(bool, isOfClients);
        QFETCH(int, atOnce);
        QThreadPool::globalInstance()->setMaxThreadCount(4);
        ManualClock clock;
        QSemaphore go;
        QMutex mutex;
        QByteArrayList asked;
        const auto ask = [&](const ProxyQuery& query) {
            {
                const QMutexLocker lock(&mutex);
                asked << query.host;
            }
            go.acquire();
            return ProxyHops{QStringLiteral("system"), {{query.host, 1}}, {}};
        };
        const auto count = [&] {
            const QMutexLocker lock(&mutex);
            return static_cast<int>(asked.size());
        };
        SystemProxies proxies(clock, ask, isOfClients ? NamedBy::Client : NamedBy::Configuration);
        const std::array<ProxyQuery, 3> queries{{{true, "a", 1}, {true, "b", 1}, {true, "c", 1}}};
        std::array<Asker, 3> askers;
        for (std::size_t i = 0; i < queries.size(); ++i)
            askers[i].ask(proxies, queries[i]);
        QTRY_COMPARE(count(), atOnce);
        askers[1].givesUp = true;
        go.release(atOnce);
        QTRY_VERIFY(askers[0].found || askers[1].found || askers[2].found);
        go.release(2);
        QTRY_VERIFY(askers[0].found && askers[2].found);
        QCOMPARE(count(), isOfClients ? 2 : 3);
        QThreadPool::globalInstance()->waitForDone();
    }
    void lettingGoIsSafe() {
        ManualClock clock;
        QSemaphore go;
        {
            auto proxies = std::make_unique<SystemProxies>(clock, [&](const ProxyQuery&) {
                go.acquire();
                return ProxyHops{};
            });
            Waiter waiter;
            QVERIFY(!proxies->find(kHere, waiter));
        }
        go.release();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

QTEST_GUILESS_MAIN(TestSystemProxies)
#include "tst_systemproxies.moc"
