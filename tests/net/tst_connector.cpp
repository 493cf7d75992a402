// SPDX-License-Identifier: MIT
#include "connectoutcome.h"
#include "core/net/addressorder.h"
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "loopbackpeer.h"
#include "recordingobserver.h"

#include <QElapsedTimer>
#include <QTest>

#include <optional>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

enum class Kind { Epoll, Qt };

struct Bench {
    explicit Bench(Kind kind)
        : reactor(kind == Kind::Epoll ? makeStreamReactor(deadlines)
                                      : makeQtStreamReactor(deadlines)) {}
    void connectTo(const QByteArray& host, quint16 port) {
        target.host = host;
        target.port = port;
        attempt = reactor->connectTo(target, outcome);
    }
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor;
    ConnectTarget target;
    Outcome outcome;
    std::unique_ptr<ConnectAttempt> attempt;
};

quint16 closedPort() {
    const LoopbackServer server;
    return server.port();
}

/// A listener that never accepts, its backlog full: the next SYN gets no response.
class FullServer {
public:
    FullServer() {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof in;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&in), size);
        ::listen(m_listener, 0);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&in), &size);
        m_port = ntohs(in.sin_port);
        for (int i = 0; i < 4; ++i) {
            const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            ::connect(client, reinterpret_cast<sockaddr*>(&in), size);
            m_fillers.emplace_back(client);
        }
    }
    ~FullServer() { ::close(m_listener); }
    FullServer(const FullServer&) = delete;
    FullServer& operator=(const FullServer&) = delete;
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    int m_listener = -1;
    quint16 m_port = 0;
    std::vector<LoopbackPeer> m_fillers;
};

QList<QHostAddress> addresses(const QStringList& texts) {
    QList<QHostAddress> out;
    for (const QString& text : texts)
        out.append(QHostAddress(text));
    return out;
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class TestConnector : public QObject {
    Q_OBJECT

    static void bothKinds() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("on epoll") << Kind::Epoll;
        QTest::newRow("on QTcpSocket") << Kind::Qt;
    }

private slots:
    void familiesTakeTurns_data() {
        QTest::addColumn<QStringList>("resolved");
        QTest::addColumn<QStringList>("order");
        const auto row = [](const char* tag, const char* resolved, const char* order) {
            QTest::newRow(tag) << QString::fromLatin1(resolved).split(u' ')
                               << QString::fromLatin1(order).split(u' ');
        };
        row("the family of the first address begins", "::1 ::2 127.0.0.1 127.0.0.2",
            "::1 127.0.0.1 ::2 127.0.0.2");
        row("also when that is the old one", "127.0.0.1 ::1 ::2", "127.0.0.1 ::1 ::2");
        row("a family that runs out leaves the rest in order", "::1 127.0.0.1 127.0.0.2 127.0.0.3",
            "::1 127.0.0.1 127.0.0.2 127.0.0.3");
        row("an address counts once", "127.0.0.1 127.0.0.1 ::1", "127.0.0.1 ::1");
    }
    void familiesTakeTurns() {
        QFETCH(QStringList, resolved);
        QFETCH(QStringList, order);
        QStringList got;
        for (const QHostAddress& address : interleavedFamilies(addresses(resolved)))
            got.append(address.toString());
        QCOMPARE(got, order);
    }

    void connectsToALiteral_data() { bothKinds(); }
    void connectsToALiteral() {
        QFETCH(Kind, kind);
        LoopbackServer server;
        Bench b(kind);
        b.connectTo("127.0.0.1", server.port());
        QVERIFY(!b.outcome.isOver()); // not from inside the call
        QTRY_VERIFY(b.outcome.stream);
        QCOMPARE(b.outcome.stream->peer().port, server.port());
        RecordingObserver observer;
        b.outcome.stream->setObserver(&observer);
        b.outcome.stream->setReading(true);
        LoopbackPeer peer = server.accept();
        peer.send("hello");
        QTRY_COMPARE(observer.received, QByteArray("hello"));
    }

    void connectsToAName_data() { bothKinds(); }
    void connectsToAName() {
        QFETCH(Kind, kind);
        LoopbackServer server; // on 127.0.0.1 alone; localhost may lead to ::1 first
        Bench b(kind);
        b.connectTo("localhost", server.port());
        QTRY_VERIFY(b.outcome.stream);
    }

    void aRefusalIsTold_data() { bothKinds(); }
    void aRefusalIsTold() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.connectTo("127.0.0.1", closedPort());
        QTRY_VERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::Refused);
        QVERIFY(b.outcome.error->detail.contains(u"127.0.0.1:"));
    }

    void aNameWithoutAddressIsTold() {
        Bench b(Kind::Epoll);
        b.connectTo("no-such-host.invalid", 80);
        QTRY_VERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::ResolveFailed);
        QVERIFY(b.outcome.error->detail.contains(u"no-such-host.invalid"));
    }

    void anAddressIsAskedForBeforeAnythingIsSent() {
        LoopbackServer server;
        Bench b(Kind::Epoll);
        QList<QHostAddress> asked;
        b.target.mayConnect = [&](const QHostAddress& address) {
            asked.append(address);
            return false;
        };
        b.connectTo("127.0.0.1", server.port());
        QTRY_VERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::Denied);
        QCOMPARE(asked, addresses({QStringLiteral("127.0.0.1")}));
        QCOMPARE(server.accept().descriptor(), -1);
    }

    void silenceEndsInTime_data() { bothKinds(); }
    void silenceEndsInTime() {
        QFETCH(Kind, kind);
        const FullServer server;
        Bench b(kind);
        b.target.timeout = 150ms;
        QElapsedTimer timer;
        timer.start();
        b.connectTo("127.0.0.1", server.port());
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::TimedOut);
        QVERIFY2(timer.elapsed() >= 140, qPrintable(QString::number(timer.elapsed())));
    }

    void lettingGoGivesUp_data() { bothKinds(); }
    void lettingGoGivesUp() {
        QFETCH(Kind, kind);
        LoopbackServer server;
        for (int turns = 0; turns < 4; ++turns) {
            Bench b(kind);
            b.connectTo("localhost", server.port());
            for (int i = 0; i < turns; ++i)
                QCoreApplication::processEvents();
            b.outcome.onCall = [] { QFAIL("called after the attempt was let go"); };
            if (b.outcome.isOver()) break;
            b.attempt.reset();
            for (int i = 0; i < 10; ++i)
                QCoreApplication::processEvents();
        }
    }

    void lettingGoInsideTheCallIsSafe_data() { bothKinds(); }
    void lettingGoInsideTheCallIsSafe() {
        QFETCH(Kind, kind);
        LoopbackServer server;
        for (const quint16 port : {server.port(), closedPort()}) {
            Bench b(kind);
            b.outcome.onCall = [&] { b.attempt.reset(); };
            b.connectTo("127.0.0.1", port);
            QTRY_VERIFY(b.outcome.isOver());
            QVERIFY(!b.attempt);
            QCoreApplication::processEvents();
        }
    }
};

QTEST_GUILESS_MAIN(TestConnector)
#include "tst_connector.moc"
