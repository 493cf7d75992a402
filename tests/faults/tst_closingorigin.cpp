// SPDX-License-Identifier: MIT
// "None lost, none doubled": POSTs one after the other over an origin that ends its kept
// connections at the worst moments.
#include "tests/engine/rig.h"
#include "tests/faults/closingorigin.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <poll.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// Sends numbered POSTs one after the other, in a thread of its own, and keeps what came back.
class PostClient {
public:
    /// `done` is told, in this thread, when the last response is there.
    PostClient(const Rig& rig, int requests, QEventLoop& done)
        : m_port(rig.port())
        , m_authority(rig.authority())
        , m_statuses(static_cast<std::size_t>(requests))
        , m_done(done)
        , m_thread([this] { run(); }) {}
    ~PostClient() {
        m_isStopped = true;
        m_thread.join();
    }
    PostClient(const PostClient&) = delete;
    PostClient& operator=(const PostClient&) = delete;

    /// 0 where none came; negative where the response was not the one to that request.
    [[nodiscard]] int status(int number) const {
        return m_statuses[static_cast<std::size_t>(number)];
    }

private:
    void run() {
        LoopbackPeer peer = LoopbackPeer(-1);
        for (std::size_t i = 0; i < m_statuses.size() && !m_isStopped; ++i) {
            if (peer.descriptor() < 0) peer = connectToLoopback(m_port);
            m_statuses[i] = post(peer, static_cast<int>(i));
        }
        QMetaObject::invokeMethod(&m_done, &QEventLoop::quit, Qt::QueuedConnection);
    }
    /// Every tenth has content that does not leave in one packet.
    int post(LoopbackPeer& peer, int number) {
        const QByteArray text = QByteArray::number(number).rightJustified(6, '0');
        const QByteArray content = text + QByteArray(number % 10 == 0 ? 100'000 : 0, 'x');
        const QByteArray request = "POST /" + text + " HTTP/1.1\r\nHost: " + m_authority +
                                   "\r\nContent-Length: " + QByteArray::number(content.size()) +
                                   "\r\n\r\n" + content;
        for (qsizetype sent = 0; sent < request.size() && !m_isStopped;) {
            const qsizetype count = peer.send(QByteArrayView(request).sliced(sent));
            if (count > 0)
                sent += count;
            else
                waitFor(peer, POLLOUT);
        }
        QByteArray response;
        while (!isWhole(response) && !m_isStopped) {
            waitFor(peer, POLLIN);
            response += peer.receive();
            if (peer.isAtEnd || peer.error != 0) break;
        }
        if (peer.isAtEnd || peer.error != 0 || response.contains("\r\nConnection: close\r\n"))
            peer = LoopbackPeer(-1);
        const int status = response.mid(9, 3).toInt();
        if (status == 200 && !response.endsWith(text)) return -status;
        if (status == 502 && !response.contains("upstream_reset")) return -status;
        return isWhole(response) ? status : 0;
    }
    static void waitFor(const LoopbackPeer& peer, short events) {
        pollfd wanted{peer.descriptor(), events, 0};
        ::poll(&wanted, 1, 50);
    }
    static bool isWhole(const QByteArray& response) {
        const qsizetype head = response.indexOf("\r\n\r\n");
        const qsizetype field = response.indexOf("Content-Length: ");
        if (head < 0 || field < 0) return false;
        const qsizetype value = field + 16;
        const qsizetype length =
            response.mid(value, response.indexOf('\r', value) - value).toLongLong();
        return response.size() == head + 4 + length;
    }

    quint16 m_port;
    QByteArray m_authority;
    std::vector<int> m_statuses;
    QEventLoop& m_done;
    std::atomic<bool> m_isStopped = false;
    std::thread m_thread;
};

} // namespace

Q_DECLARE_METATYPE(std::vector<Ending>)

class TestClosingOrigin : public QObject {
    Q_OBJECT

private slots:
    void noneIsLostAndNoneDoubled_data() {
        QTest::addColumn<std::vector<Ending>>("endings");
        QTest::addColumn<int>("requests");
        QTest::addColumn<bool>("isTold"); ///< the origin knows what it had when it ended
        QTest::newRow("it closes right after a response")
            << std::vector{Ending::CloseAtOnce} << 2000 << true;
        QTest::newRow("it closes when the next request may be leaving")
            << std::vector{Ending::CloseAMomentLater} << 2000 << true;
        QTest::newRow("it resets right after a response")
            << std::vector{Ending::ResetAtOnce} << 1000 << false;
        QTest::newRow("it resets when the next request may be leaving")
            << std::vector{Ending::ResetAMomentLater} << 1000 << false;
        QTest::newRow("it closes with the request unread")
            << std::vector{Ending::CloseUnread} << 500 << false;
        QTest::newRow("it acts and closes without a response")
            << std::vector{Ending::ReadAndClose} << 500 << true;
        QTest::newRow("it acts and resets without a response")
            << std::vector{Ending::ReadAndReset} << 500 << true;
        QTest::newRow("it ends its side and drops what comes")
            << std::vector{Ending::HalfCloseAndDrop} << 500 << true;
        QTest::newRow("all of these at random")
            << std::vector{Ending::CloseAtOnce,  Ending::CloseAMomentLater,
                           Ending::ResetAtOnce,  Ending::ResetAMomentLater,
                           Ending::CloseUnread,  Ending::ReadAndClose,
                           Ending::ReadAndReset, Ending::HalfCloseAndDrop}
            << 10'000 << false;
    }
    /// None is lost: each is answered, by the origin or, where nobody can know what became of it,
    /// by 502. None is doubled: the origin acts on each once at most, and on what was answered 200
    /// exactly once.
    void noneIsLostAndNoneDoubled() {
        QFETCH(const std::vector<Ending>, endings);
        QFETCH(const int, requests);
        QFETCH(const bool, isTold);
        Rig rig;
        QVERIFY(rig.engine->open());
        ClosingOrigin origin(rig.origin.descriptor(), endings, requests, 20261120);
        int answered = 0;
        int refused = 0;
        QEventLoop loop;
        const PostClient client(rig, requests, loop);
        QTimer::singleShot(60'000, &loop, [&loop] { loop.exit(1); });
        QCOMPARE(loop.exec(), 0);
        origin.stop();
        for (int i = 0; i < requests; ++i) {
            const int status = client.status(i);
            const Fate& fate = origin.fate(i);
            QVERIFY2(status == 200 || status == 502,
                     qPrintable(QStringLiteral("request %1: %2").arg(i).arg(status)));
            QVERIFY2(fate.done <= 1, qPrintable(QStringLiteral("request %1 twice").arg(i)));
            if (status == 200) QCOMPARE(fate.done, 1);
            if (status == 502 && isTold)
                QVERIFY2(fate.isTaken, qPrintable(QStringLiteral("request %1 was lost").arg(i)));
            (status == 200 ? answered : refused) += 1;
        }
        qInfo("%d POSTs over %d connections: %d answered, %d ended in 502", requests,
              origin.connections(), answered, refused);
    }
};

QTEST_GUILESS_MAIN(TestClosingOrigin)
#include "tst_closingorigin.moc"
