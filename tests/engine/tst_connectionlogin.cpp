// SPDX-License-Identifier: MIT
// Logins that an origin binds to the connection (NTLM and Negotiate, RFC 4559 6).
#include "rig.h"

#include <functional>
#include <vector>

using namespace sallyport;
using namespace sallyport::test;

namespace {

enum class Way { Gateway, Forward };

/// An origin that greets whom it knows a connection to belong to. `type3-NAME` in a request logs
/// its connection in as NAME. Each response names the connection that it went over.
class NtlmOrigin {
public:
    explicit NtlmOrigin(LoopbackServer& server)
        : m_server(server) {}

    /// Responds to what has come by now.
    void serve() {
        for (LoopbackPeer peer = m_server.accept(); peer.descriptor() >= 0;
             peer = m_server.accept())
            connections.push_back({std::move(peer), {}, {}});
        for (std::size_t i = 0; i < connections.size(); ++i) {
            Connection& each = connections[i];
            if (each.peer.descriptor() < 0) continue;
            each.received += each.peer.receive();
            for (qsizetype end = 0; (end = each.received.indexOf("\r\n\r\n")) >= 0;) {
                respond(each, each.received.first(end), i);
                each.received.remove(0, end + 4);
            }
        }
    }

    struct Connection {
        LoopbackPeer peer;
        QByteArray received;
        QByteArray login;
    };
    std::vector<Connection> connections;

private:
    static void respond(Connection& connection, const QByteArray& request, std::size_t number) {
        const qsizetype at = request.indexOf("type3-");
        if (at >= 0) connection.login = request.mid(at + 6, request.indexOf('\r', at) - at - 6);
        const bool isOpen = request.contains(" /open ");
        const bool isKnown = !connection.login.isEmpty();
        const QByteArray text =
            isKnown ? QByteArray("secret of " + connection.login) : QByteArray("who?");
        QByteArray response =
            isKnown || isOpen ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 401 Unauthorized\r\n";
        if (request.contains("type1"))
            response += "WWW-Authenticate: NTLM TlRMTVNTUAAC\r\n";
        else if (!isKnown && !isOpen)
            response += "WWW-Authenticate: Basic realm=\"r\", NTLM\r\n";
        response += "X-Connection: " + QByteArray::number(static_cast<qulonglong>(number)) +
                    "\r\nContent-Length: " + QByteArray::number(text.size()) + "\r\n\r\n" + text;
        connection.peer.send(response);
    }
    LoopbackServer& m_server;
};

struct Bench {
    explicit Bench(Way theWay)
        : way(theWay) {}
    [[nodiscard]] QByteArray request(const QByteArray& fields = {},
                                     const QByteArray& path = "/") const {
        const QByteArray host =
            way == Way::Gateway ? rig.authority()
                                : QByteArray("127.0.0.1:" + QByteArray::number(rig.origin.port()));
        const QByteArray start = way == Way::Gateway ? QByteArray() : QByteArray("http://" + host);
        return "GET " + start + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
    }
    /// The responses to `requests`, `count` of them.
    QByteArray ask(LoopbackPeer& client, const QByteArray& requests, int count = 1) {
        client.send(requests);
        return await(client, count);
    }
    QByteArray await(LoopbackPeer& client, int count = 1) {
        QByteArray got;
        const bool came = QTest::qWaitFor([&] {
            origin.serve();
            got += client.receive();
            return got.count("who?") + got.count("secret of ") >= count;
        });
        return came ? got : QByteArray();
    }
    void logIn(LoopbackPeer& client, const QByteArray& name) {
        QVERIFY(ask(client, request()).contains(" 401 "));
        QVERIFY(ask(client, request("Authorization: NTLM type1\r\n")).contains("TlRMTVNTUAAC"));
        const QByteArray in = ask(client, request("Authorization: NTLM type3-" + name + "\r\n"));
        QVERIFY2(in.contains(QByteArray("secret of " + name)), in.constData());
    }
    /// Which connection of the origin the (first) response came over.
    static int connectionOf(const QByteArray& response) {
        const qsizetype at = response.indexOf("X-Connection: ");
        return at < 0 ? -1 : response.mid(at + 14, response.indexOf('\r', at) - at - 14).toInt();
    }

    Way way;
    Rig rig{Rig::defaultRoutes() + "forward: {enabled: true, ports: [1-65535]}\n"};
    NtlmOrigin origin{rig.origin};
};

void addWays() {
    QTest::addColumn<Way>("way");
    QTest::newRow("through a route") << Way::Gateway;
    QTest::newRow("in absolute-form") << Way::Forward;
}

} // namespace

class TestConnectionLogin : public QObject {
    Q_OBJECT

private slots:
    void aLoginStaysWithItsClientConnection_data() { addWays(); }
    void aLoginStaysWithItsClientConnection() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        LoopbackPeer alice = b.rig.client();
        b.logIn(alice, "alice");
        const QByteArray own = b.ask(alice, b.request());
        QVERIFY(own.contains("secret of alice"));
        const int bound = Bench::connectionOf(own);
        QCOMPARE(bound, 0);
        for (int i = 0; i < 3; ++i) {
            LoopbackPeer other = b.rig.client();
            const QByteArray response = b.ask(other, b.request());
            QVERIFY2(response.contains(" 401 "), response.constData());
            QVERIFY(!response.contains("alice"));
            QVERIFY(Bench::connectionOf(response) != bound);
        }
        QCOMPARE(Bench::connectionOf(b.ask(alice, b.request())), bound);
    }

    void credentialsAloneBind_data() {
        QTest::addColumn<Way>("way");
        QTest::addColumn<QByteArray>("fields");
        for (const Way way : {Way::Gateway, Way::Forward}) {
            const char* const name = way == Way::Gateway ? "route" : "forward";
            QTest::addRow("%s: in lower case", name)
                << way << QByteArray("authorization: ntlm type3-alice\r\n");
            QTest::addRow("%s: a scheme that we do not know", name)
                << way << QByteArray("Authorization: Kerberos type3-alice\r\n");
            QTest::addRow("%s: second in a list", name)
                << way << QByteArray("Authorization: Basic dTpw, Negotiate type3-alice\r\n");
            QTest::addRow("%s: in the second line", name)
                << way
                << QByteArray("Authorization: Basic dTpw\r\nAuthorization: NTLM type3-alice\r\n");
        }
    }
    void credentialsAloneBind() {
        QFETCH(const Way, way);
        QFETCH(const QByteArray, fields);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        LoopbackPeer alice = b.rig.client();
        QVERIFY(b.ask(alice, b.request(fields)).contains("secret of alice"));
        LoopbackPeer bob = b.rig.client();
        QVERIFY(!b.ask(bob, b.request()).contains("alice"));
        QVERIFY(b.ask(alice, b.request()).contains("secret of alice"));
    }

    void whatIsSentWithEachRequestSharesConnections_data() { addWays(); }
    void whatIsSentWithEachRequestSharesConnections() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        for (const char* credentials : {"Bearer sk-1", "Basic dTpw", "Digest username=\"a\", nc=1"})
            for (int i = 0; i < 2; ++i) {
                LoopbackPeer client = b.rig.client();
                const QByteArray field = QByteArray("Authorization: ") + credentials + "\r\n";
                QCOMPARE(Bench::connectionOf(b.ask(client, b.request(field, "/open"))), 0);
            }
    }

    void aBoundConnectionEndsWithItsClient_data() { addWays(); }
    void aBoundConnectionEndsWithItsClient() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        LoopbackPeer alice = b.rig.client();
        b.logIn(alice, "alice");
        alice.close();
        QVERIFY(QTest::qWaitFor([&] {
            b.origin.serve();
            return b.origin.connections[0].peer.isAtEnd;
        }));
    }

    void manyLogInAtOnce_data() { addWays(); }
    void manyLogInAtOnce() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        constexpr int kClients = 6;
        std::vector<LoopbackPeer> clients;
        for (int i = 0; i < kClients; ++i)
            clients.push_back(b.rig.client());
        const auto nameOf = [](int i) { return QByteArray("user" + QByteArray::number(i)); };
        const auto all = [&](const std::function<QByteArray(int)>& fields) {
            QByteArrayList responses;
            for (int i = 0; i < kClients; ++i)
                clients[static_cast<std::size_t>(i)].send(b.request(fields(i)));
            for (LoopbackPeer& client : clients)
                responses.append(b.await(client));
            return responses;
        };
        all([](int) { return QByteArray(); });
        all([](int) { return QByteArray("Authorization: NTLM type1\r\n"); });
        all([&](int i) { return QByteArray("Authorization: NTLM type3-" + nameOf(i) + "\r\n"); });
        for (int round = 0; round < 3; ++round) {
            const QByteArrayList responses = all([](int) { return QByteArray(); });
            for (int i = 0; i < kClients; ++i)
                QVERIFY2(responses[i].endsWith(QByteArray("secret of " + nameOf(i))),
                         responses[i].constData());
        }
    }

    void pipelinedRequestsShareTheLogin_data() { addWays(); }
    void pipelinedRequestsShareTheLogin() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        LoopbackPeer alice = b.rig.client();
        b.logIn(alice, "alice");
        const QByteArray got = b.ask(alice, b.request().repeated(3), 3);
        QCOMPARE(got.count("secret of alice"), 3);
        QCOMPARE(got.count("X-Connection: 0\r\n"), 3);
        // The legs of a handshake may be pipelined with what comes before them.
        LoopbackPeer bob = b.rig.client();
        const QByteArray in = b.ask(
            bob, b.request() + b.request("Authorization: NTLM type3-bob\r\n") + b.request(), 3);
        QCOMPARE(in.count("secret of bob"), 2);
        QVERIFY(!in.contains("alice"));
    }

    void aLostLoginIsNotReplacedByAnothers_data() { addWays(); }
    void aLostLoginIsNotReplacedByAnothers() {
        QFETCH(const Way, way);
        Bench b(way);
        QVERIFY(b.rig.engine->open());
        LoopbackPeer alice = b.rig.client();
        b.logIn(alice, "alice");
        LoopbackPeer bob = b.rig.client();
        b.logIn(bob, "bob");
        b.origin.connections[0].peer.close();
        const QByteArray response = b.ask(alice, b.request());
        QVERIFY2(response.contains(" 401 "), response.constData());
        QCOMPARE(Bench::connectionOf(response), 2);
        b.logIn(alice, "alice");
        QVERIFY(b.ask(bob, b.request()).contains("secret of bob"));
    }
};

QTEST_GUILESS_MAIN(TestConnectionLogin)
#include "tst_connectionlogin.moc"
