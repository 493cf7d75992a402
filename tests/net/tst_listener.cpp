// SPDX-License-Identifier: MIT
#include "core/net/listener.h"
#include "core/net/portowner.h"
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "loopbackpeer.h"
#include "loopturns.h"
#include "recordingobserver.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <netinet/tcp.h>
#include <sys/resource.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

struct Bench {
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    std::vector<StreamPtr> streams;
    std::function<void()> onAccepted;
    Listener listener{*reactor, [this](StreamPtr stream) {
                          streams.push_back(std::move(stream));
                          if (onAccepted) onAccepted();
                      }};
};

LoopbackPeer connectTo(quint16 port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in.sin_port = htons(port);
    ::connect(descriptor, reinterpret_cast<sockaddr*>(&in), sizeof in);
    return LoopbackPeer(descriptor);
}

/// Takes every descriptor that is left, until it is let go.
class AllDescriptors {
public:
    AllDescriptors() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        m_before = limit.rlim_cur;
        limit.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        for (int d = ::dup(0); d >= 0; d = ::dup(0))
            m_taken.emplace_back(d);
    }
    ~AllDescriptors() {
        m_taken.clear();
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = m_before;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    AllDescriptors(const AllDescriptors&) = delete;
    AllDescriptors& operator=(const AllDescriptors&) = delete;

private:
    rlim_t m_before = 0;
    std::vector<LoopbackPeer> m_taken;
};

} // namespace

class TestListener : public QObject {
    Q_OBJECT

private slots:
    void picksAFreePortForZero() {
        Bench b;
        const auto endpoint = b.listener.listen(QHostAddress::LocalHost, 0);
        QVERIFY(endpoint);
        QVERIFY(endpoint->port != 0);
        QCOMPARE(endpoint->address, QHostAddress(QHostAddress::LocalHost));
        QVERIFY(b.listener.isListening());
    }

    void handsOverEveryConnection() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        std::vector<LoopbackPeer> peers;
        for (int i = 0; i < 100; ++i)
            peers.push_back(connectTo(port));
        QTRY_COMPARE(b.streams.size(), 100U);
        RecordingObserver observer;
        b.streams.front()->setObserver(&observer);
        b.streams.front()->setReading(true);
        for (auto& peer : peers)
            peer.send("hello");
        QTRY_COMPARE(observer.received, QByteArray("hello"));
    }

    void aTakenPortNamesItsOwner() {
        Bench first;
        const quint16 port = first.listener.listen(QHostAddress::LocalHost, 0)->port;
        Bench second;
        const auto refused = second.listener.listen(QHostAddress::LocalHost, port);
        QVERIFY(!refused);
        QVERIFY(refused.error().isTaken);
        QVERIFY(refused.error().detail.contains(QString::number(port)));
        QVERIFY2(
            refused.error().detail.contains(QString::number(QCoreApplication::applicationPid())),
            qPrintable(refused.error().detail));
        QVERIFY(refused.error().detail.contains(u"tst_listener"));
    }

    void aFreePortHasNoOwner() {
        quint16 port = 0;
        {
            const LoopbackServer server;
            port = server.port();
            QCOMPARE(findPortOwner(QHostAddress::LocalHost, port)->pid,
                     QCoreApplication::applicationPid());
        }
        QVERIFY(!findPortOwner(QHostAddress::LocalHost, port));
    }

    void whoHoldsThePortOfAnotherAddressIsNotNamed_data() {
        QTest::addColumn<QString>("held");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<bool>("isInTheWay");
        QTest::newRow("the same") << "127.0.0.1"
                                  << "127.0.0.1" << true;
        QTest::newRow("another one of this machine") << "127.0.0.2"
                                                     << "127.0.0.1" << false;
        QTest::newRow("all that there are") << "0.0.0.0"
                                            << "127.0.0.1" << true;
        QTest::newRow("one, where all are wanted") << "127.0.0.2"
                                                   << "0.0.0.0" << true;
    }
    void whoHoldsThePortOfAnotherAddressIsNotNamed() {
        QFETCH(QString, held);
        QFETCH(QString, wanted);
        Bench holder;
        const auto endpoint = holder.listener.listen(QHostAddress(held), 0);
        QVERIFY(endpoint);
        QTEST(findPortOwner(QHostAddress(wanted), endpoint->port).has_value(), "isInTheWay");
    }

    void anAddressThatIsNotOursIsNotTaken() {
        Bench b;
        const auto refused = b.listener.listen(QHostAddress(QStringLiteral("192.0.2.1")), 0);
        QVERIFY(!refused);
        QVERIFY(!refused.error().isTaken);
        QVERIFY(refused.error().detail.contains(u"192.0.2.1"));
    }

    void whilePausedTheKernelHoldsNewcomers() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        b.listener.setPaused(true);
        const LoopbackPeer peer = connectTo(port);
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(b.streams.size(), 0U);
        b.listener.setPaused(false);
        QTRY_COMPARE(b.streams.size(), 1U);
    }

    void aClosedListenerRefuses() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        b.listener.close();
        QVERIFY(!b.listener.isListening());
        QVERIFY(b.listener.listen(QHostAddress::LocalHost, port));
    }

    void withoutDescriptorsItWaitsAndRecovers_data() {
        QTest::addColumn<bool>("hasAccepted");
        QTest::newRow("from the first connection on") << false;
        QTest::newRow("after it has accepted others") << true;
    }
    void withoutDescriptorsItWaitsAndRecovers() {
        QFETCH(const bool, hasAccepted);
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        if (hasAccepted) {
            const LoopbackPeer before = connectTo(port);
            QTRY_COMPARE(b.streams.size(), 1U);
            b.streams.clear();
        }
        const LoopbackPeer first = connectTo(port);
        const LoopbackPeer second = connectTo(port);
        // The undefined behaviour sanitizer looks a type up by means of a pipe, the first time that
        // it sees it; later there is none to be had, and it would take that for a fault.
        { const LoopTurns seen; }
        {
            const AllDescriptors taken;
            const LoopTurns turns;
            QTest::qWait(350);
            QCOMPARE(b.streams.size(), 0U);
            QVERIFY2(turns.isIdleFor(std::chrono::milliseconds(350)), qPrintable(turns.text()));
        }
        QTRY_COMPARE(b.streams.size(), 2U);
    }

    void aPauseTakesEffectInMidBatch() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        b.onAccepted = [&b] { b.listener.setPaused(b.streams.size() >= 3); };
        std::vector<LoopbackPeer> peers;
        for (int i = 0; i < 10; ++i)
            peers.push_back(connectTo(port));
        QTRY_COMPARE(b.streams.size(), 3U);
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(b.streams.size(), 3U);
        b.onAccepted = {};
        b.listener.setPaused(false);
        QTRY_COMPARE(b.streams.size(), 10U);
    }

    void itMayBeClosedInTheCall() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        b.onAccepted = [&b] { b.listener.close(); };
        const LoopbackPeer first = connectTo(port);
        const LoopbackPeer second = connectTo(port);
        QTRY_COMPARE(b.streams.size(), 1U);
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(b.streams.size(), 1U);
    }

    void repliesLeaveWithoutDelay() {
        Bench b;
        const quint16 port = b.listener.listen(QHostAddress::LocalHost, 0)->port;
        LoopbackPeer peer = connectTo(port);
        QTRY_COMPARE(b.streams.size(), 1U);
        // Nagle would hold the second small write back until the first is acknowledged.
        b.streams.front()->write("a");
        b.streams.front()->write("b");
        QCOMPARE(peer.receive(), QByteArray("ab"));
    }
};

QTEST_GUILESS_MAIN(TestListener)
#include "tst_listener.moc"
