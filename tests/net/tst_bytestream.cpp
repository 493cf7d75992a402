// SPDX-License-Identifier: MIT
#include "core/net/lingeringlimit.h"
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "loopbackpeer.h"
#include "loopturns.h"
#include "recordingobserver.h"

#include <QTest>

#include <vector>

using namespace sallyport;
using namespace sallyport::test;

namespace {

enum class Kind { Epoll, Qt };

/// One stream in a reactor with a bare socket at its other end.
struct Bench {
    explicit Bench(Kind kind)
        : reactor(kind == Kind::Epoll ? makeStreamReactor(deadlines)
                                      : makeQtStreamReactor(deadlines)) {
        auto pair = makeLoopbackPair();
        peer = std::move(pair.peer);
        stream = reactor->adopt(pair.ours);
        stream->setObserver(&observer);
    }
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor;
    RecordingObserver observer;
    LoopbackPeer peer;
    StreamPtr stream;
};

QByteArray pattern(qsizetype size) {
    QByteArray out(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        out[i] = static_cast<char>((i * 31 + i / 251) & 0xff);
    return out;
}

QByteArray line(int number) { return "event " + QByteArray::number(number) + "\n"; }

} // namespace

Q_DECLARE_METATYPE(Kind)

class TestByteStream : public QObject {
    Q_OBJECT

    static void bothKinds() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("a stream on epoll") << Kind::Epoll;
        QTest::newRow("a stream on QTcpSocket") << Kind::Qt;
    }

private slots:
    void deliversInOrder_data() { bothKinds(); }
    void deliversInOrder() {
        QFETCH(Kind, kind);
        Bench b(kind);
        const QByteArray bytes = pattern(3'000'000);
        b.stream->setReading(true);
        qsizetype sent = 0;
        while (b.observer.received.size() < bytes.size()) {
            if (sent < bytes.size())
                sent += std::max<qsizetype>(0, b.peer.send(QByteArrayView(bytes).sliced(sent)));
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
            QVERIFY(!b.observer.failure);
        }
        QCOMPARE(b.observer.received, bytes);
    }

    /// What the kernel takes is not counted: of small writes to a peer that reads nothing it was up
    /// to 4 MiB.
    void theKernelTakesLittleForAPeerThatReadsNothing() {
        constexpr qsizetype kMost = 1024 * 1024; // its own buffer is a part of it
        Bench b(Kind::Epoll);
        const QByteArray piece = pattern(1024);
        qsizetype written = 0;
        // Until it takes no more for good: what is on the way leaves room for more.
        for (int idle = 0; idle < 20; ++idle) {
            while (b.stream->pendingBytes() == 0 && written < 4 * kMost) {
                b.stream->write(piece);
                written += piece.size();
                idle = 0;
            }
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        }
        QVERIFY2(written < kMost, QByteArray::number(written).constData());
    }

    void startsWithReadingOff_data() { bothKinds(); }
    void startsWithReadingOff() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.peer.send("early");
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QCOMPARE(b.observer.received, QByteArray());
        b.stream->setReading(true);
        QCOMPARE(b.observer.received, QByteArray()); // not from inside the call
        QTRY_COMPARE(b.observer.received, QByteArray("early"));
    }

    void anEndBehindUnreadBytesIsSeen() {
        Bench b(Kind::Epoll);
        b.peer.send("unread");
        b.peer.finishWriting();
        QTRY_COMPARE(b.observer.endsInSight, 1);
        QCOMPARE(b.observer.finishes, 0);
        b.stream->setReading(true);
        QTRY_COMPARE(b.observer.finishes, 1);
        QCOMPARE(b.observer.received, QByteArray("unread"));
        QCOMPARE(b.observer.endsInSight, 1);
    }

    void anEndIsSeenOnceReadingStops() {
        Bench b(Kind::Epoll);
        const QByteArray bytes = pattern(100'000);
        b.observer.onReceived = [&] { b.stream->setReading(false); };
        QCOMPARE(b.peer.send(bytes), bytes.size());
        b.stream->setReading(true);
        QTRY_VERIFY(b.observer.total > 0);
        QCOMPARE(b.observer.endsInSight, 0);
        b.peer.finishWriting();
        QTRY_COMPARE(b.observer.endsInSight, 1);
        QVERIFY(b.observer.total < bytes.size());
        QCOMPARE(b.observer.finishes, 0);
    }

    void readingCanBeSwitchedInsideACall_data() { bothKinds(); }
    void readingCanBeSwitchedInsideACall() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.observer.onReceived = [&] { b.stream->setReading(false); };
        const QByteArray bytes = pattern(100'000);
        QCOMPARE(b.peer.send(bytes), bytes.size());
        b.stream->setReading(true);
        QTRY_VERIFY(b.observer.total > 0);
        const qint64 first = b.observer.total;
        QVERIFY(first < bytes.size());
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(b.observer.total, first);
        b.observer.onReceived = {};
        b.stream->setReading(true);
        QTRY_COMPARE(b.observer.received, bytes);
    }

    void writesBothPartsInOrder_data() { bothKinds(); }
    void writesBothPartsInOrder() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.stream->write("head ", "body");
        b.stream->write("!");
        QByteArray got;
        QTRY_COMPARE(got += b.peer.receive(), QByteArray("head body!"));
        QCOMPARE(b.stream->pendingBytes(), 0);
    }

    void keepsWhatTheKernelRefuses_data() { bothKinds(); }
    void keepsWhatTheKernelRefuses() {
        QFETCH(Kind, kind);
        Bench b(kind);
        const QByteArray bytes = pattern(16 * 1024 * 1024);
        b.stream->write(QByteArrayView(bytes).first(7), QByteArrayView(bytes).sliced(7));
        QVERIFY(b.stream->pendingBytes() > 0);
        QVERIFY(b.stream->isCongested());
        QByteArray got;
        while (got.size() < bytes.size()) {
            got += b.peer.receive();
            QCoreApplication::processEvents();
        }
        QVERIFY(got == bytes);
        QTRY_COMPARE(b.stream->pendingBytes(), 0);
        QVERIFY(b.observer.writables >= 1);
        QVERIFY(!b.stream->isCongested());
    }

    void aWriterThatRespectsCongestionIsBounded_data() { bothKinds(); }
    void aWriterThatRespectsCongestionIsBounded() {
        QFETCH(Kind, kind);
        Bench b(kind);
        const QByteArray piece = pattern(32 * 1024);
        constexpr qint64 kAll = 64LL * 1024 * 1024;
        qint64 written = 0;
        qsizetype most = 0;
        const auto pour = [&] {
            while (!b.stream->isCongested() && written < kAll) {
                b.stream->write(piece);
                written += piece.size();
            }
            most = std::max(most, b.stream->pendingBytes());
        };
        b.observer.onWritable = pour;
        pour();
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QVERIFY(written < kAll); // the reader reads nothing
        qint64 got = 0;
        while (got < kAll) {
            got += b.peer.receive().size();
            QCoreApplication::processEvents();
        }
        QCOMPARE(got, kAll);
        QVERIFY2(most <= ByteStream::kHighWatermark + piece.size(),
                 qPrintable(QString::number(most)));
    }

    void aReaderThatStopsHoldsThePeerBack_data() { bothKinds(); }
    void aReaderThatStopsHoldsThePeerBack() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.observer.keepsBytes = false;
        const QByteArray piece = pattern(64 * 1024);
        qint64 sent = 0;
        int refusals = 0;
        while (refusals < 50 && sent < 64 * 1024 * 1024) {
            const auto n = b.peer.send(piece);
            if (n > 0) sent += n;
            if (n <= 0) ++refusals;
            QCoreApplication::processEvents();
        }
        QVERIFY(sent < 32 * 1024 * 1024);
        QCOMPARE(b.observer.total, 0);
        b.stream->setReading(true);
        QTRY_COMPARE(b.observer.total, sent);
    }

    void thePeersEndComesAfterItsBytes_data() { bothKinds(); }
    void thePeersEndComesAfterItsBytes() {
        QFETCH(Kind, kind);
        Bench b(kind);
        const QByteArray bytes = pattern(200'000);
        QCOMPARE(b.peer.send(bytes), bytes.size());
        b.peer.finishWriting();
        b.observer.onFinished = [&] { QCOMPARE(b.observer.received.size(), bytes.size()); };
        b.stream->setReading(true);
        QTRY_COMPARE(b.observer.finishes, 1);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(b.observer.finishes, 1);
        QVERIFY(!b.observer.failure);
    }

    void writingGoesOnAfterThePeersEnd() {
        Bench b(Kind::Epoll);
        b.stream->setReading(true);
        b.peer.finishWriting();
        QTRY_COMPARE(b.observer.finishes, 1);
        const QByteArray bytes = pattern(5'000'000);
        b.stream->write(bytes);
        b.stream->finishWriting();
        QByteArray got;
        while (!b.peer.isAtEnd) {
            got += b.peer.receive();
            QCoreApplication::processEvents();
        }
        QVERIFY(got == bytes);
        QVERIFY(!b.observer.failure);
    }

    void readingGoesOnAfterOurEnd_data() { bothKinds(); }
    void readingGoesOnAfterOurEnd() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.stream->setReading(true);
        const QByteArray bytes = pattern(3'000'000);
        b.stream->write(bytes);
        b.stream->finishWriting();
        QByteArray got;
        while (!b.peer.isAtEnd) {
            got += b.peer.receive();
            QCoreApplication::processEvents();
        }
        QVERIFY(got == bytes);
        b.peer.send("after the end");
        QTRY_COMPARE(b.observer.received, QByteArray("after the end"));
        b.peer.finishWriting();
        QTRY_COMPARE(b.observer.finishes, 1);
    }

    void aResetIsToldWithReadingOff() {
        Bench b(Kind::Epoll);
        b.peer.reset();
        QTRY_VERIFY(b.observer.failure);
        QCOMPARE(b.observer.failure->fault, StreamFault::Reset);
        QCOMPARE(b.observer.finishes, 0);
    }

    void aResetIsTold_data() { bothKinds(); }
    void aResetIsTold() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.stream->setReading(true);
        QCoreApplication::processEvents();
        b.peer.reset();
        QTRY_VERIFY(b.observer.failure || b.observer.finishes);
        if (kind == Kind::Epoll) QCOMPARE(b.observer.failure->fault, StreamFault::Reset);
    }

    void whatCameBeforeAResetIsDelivered() {
        Bench b(Kind::Epoll);
        b.stream->setReading(true);
        b.peer.send("413 too large");
        b.peer.reset();
        b.stream->write("more upload"); // may or may not meet the reset
        QTRY_VERIFY(b.observer.failure);
        QCOMPARE(b.observer.received, QByteArray("413 too large"));
    }

    void aFailedWriteIsToldFromTheLoop() {
        Bench b(Kind::Epoll);
        b.peer.reset();
        b.stream->write("one");
        b.stream->write("two");
        QVERIFY(!b.observer.failure);
        QTRY_VERIFY(b.observer.failure);
        QCOMPARE(b.stream->pendingBytes(), 0);
    }

    void aResetAfterThePeersEndIsTold() {
        Bench b(Kind::Epoll);
        b.stream->setReading(true);
        b.peer.finishWriting();
        QTRY_COMPARE(b.observer.finishes, 1);
        b.peer.reset();
        QTRY_VERIFY(b.observer.failure);
    }

    void lettingGoInsideEachCallIsSafe_data() {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("when");
        for (const auto kind : {Kind::Epoll, Kind::Qt})
            for (const char* when : {"received", "finished", "writable", "failed"})
                QTest::addRow("%s, in %s", kind == Kind::Epoll ? "epoll" : "qt", when)
                    << kind << QString::fromLatin1(when);
    }
    void lettingGoInsideEachCallIsSafe() {
        QFETCH(Kind, kind);
        QFETCH(QString, when);
        Bench b(kind);
        bool done = false;
        const auto letGo = [&] {
            b.stream.reset();
            done = true;
        };
        if (when == u"received") b.observer.onReceived = letGo;
        if (when == u"finished") b.observer.onFinished = letGo;
        if (when == u"writable") b.observer.onWritable = letGo;
        if (when == u"failed") b.observer.onFailed = letGo;
        b.stream->setReading(true);
        if (when == u"writable") b.stream->write(pattern(16 * 1024 * 1024));
        b.peer.send("bytes");
        if (when == u"finished") b.peer.finishWriting();
        if (when == u"failed") {
            b.observer.onFinished = letGo; // QTcpSocket may see the reset as an end
            QTRY_COMPARE(b.observer.received, QByteArray("bytes"));
            b.peer.reset();
        }
        while (!done) {
            if (when == u"writable") b.peer.receive();
            QCoreApplication::processEvents();
        }
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(!b.stream);
    }

    void lettingGoClosesAtOnce_data() { bothKinds(); }
    void lettingGoClosesAtOnce() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.stream.reset();
        b.peer.receive();
        QVERIFY(b.peer.isAtEnd || b.peer.error);
    }

    void abortIsSeenAsAReset_data() { bothKinds(); }
    void abortIsSeenAsAReset() {
        QFETCH(Kind, kind);
        Bench b(kind);
        b.stream->abort();
        b.peer.receive();
        QVERIFY(!b.peer.isAtEnd);
        QCOMPARE(b.peer.error, ECONNRESET);
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
        QVERIFY(!b.observer.failure);
    }

    void aGracefulCloseSendsEverythingAndDropsTheRest_data() { bothKinds(); }
    void aGracefulCloseSendsEverythingAndDropsTheRest() {
        QFETCH(Kind, kind);
        Bench b(kind);
        const QByteArray bytes = pattern(4'000'000);
        b.stream->setReading(true);
        b.stream->write(bytes);
        b.stream->closeGracefully();
        b.stream.reset();
        QByteArray got;
        while (!b.peer.isAtEnd) {
            b.peer.send("an upload that nobody wants any more");
            got += b.peer.receive();
            QCOMPARE(b.peer.error, 0);
            QCoreApplication::processEvents();
        }
        QVERIFY(got == bytes);
        QCOMPARE(b.observer.total, 0);
        b.peer.close();
    }

    void aGracefulCloseEndsWithinASecondOrSo() {
        Bench b(Kind::Epoll);
        b.stream->write("bye");
        b.stream->closeGracefully();
        b.stream.reset();
        // The peer never ends; once we let go, its bytes are answered by a reset.
        QTRY_VERIFY_WITH_TIMEOUT(b.peer.send("x") < 0, 3000);
    }

    void whatClosesWithoutAnOwnerIsBounded() {
        Bench b(Kind::Epoll);
        constexpr int kStreams = 24;
        const QByteArray bytes(LingeringLimit::kMaxPendingBytes / 16, 'x');
        std::vector<LoopbackPeer> peers;
        for (int i = 0; i < kStreams; ++i) {
            LoopbackPair pair = makeLoopbackPair();
            const int little = 4096;
            ::setsockopt(pair.ours, SOL_SOCKET, SO_SNDBUF, &little, sizeof little);
            peers.push_back(std::move(pair.peer));
            StreamPtr stream = b.reactor->adopt(pair.ours);
            stream->write(bytes);
            QVERIFY(stream->pendingBytes() > bytes.size() / 2);
            stream->closeGracefully();
        }
        peers.front().receive();
        QCOMPARE(peers.front().error, ECONNRESET);
        QCOMPARE(peers.back().receive().isEmpty(), false);
        QCOMPARE(peers.back().error, 0);
        QVERIFY(!peers.back().isAtEnd);
    }

    void whatIsReusable_data() { bothKinds(); }
    void whatIsReusable() {
        QFETCH(Kind, kind);
        {
            Bench b(kind);
            b.stream->setReading(true);
            QVERIFY(b.stream->isReusable());
            b.peer.send("surplus");
            QVERIFY(!b.stream->isReusable());
        }
        {
            Bench b(kind);
            b.stream->setReading(true);
            b.peer.finishWriting();
            QVERIFY(!b.stream->isReusable());
        }
        Bench b(kind);
        b.peer.reset();
        QVERIFY(!b.stream->isReusable());
    }

    void endpointsAreKnown_data() { bothKinds(); }
    void endpointsAreKnown() {
        QFETCH(Kind, kind);
        Bench b(kind);
        QCOMPARE(b.stream->peer().address, QHostAddress(QHostAddress::LocalHost));
        QVERIFY(b.stream->peer().port != 0);
        QVERIFY(b.stream->local().port != 0);
        QVERIFY(!b.stream->isEncrypted());
    }

    void fiveHundredStreamsLoseNothing_data() { bothKinds(); }
    void fiveHundredStreamsLoseNothing() {
        QFETCH(Kind, kind);
        constexpr std::size_t kStreams = 500;
        SystemClock clock;
        DeadlineQueue deadlines(clock);
        const auto reactor =
            kind == Kind::Epoll ? makeStreamReactor(deadlines) : makeQtStreamReactor(deadlines);
        std::vector<RecordingObserver> observers(kStreams);
        std::vector<LoopbackPeer> peers;
        std::vector<StreamPtr> streams;
        for (std::size_t i = 0; i < kStreams; ++i) {
            auto pair = makeLoopbackPair();
            peers.push_back(std::move(pair.peer));
            streams.push_back(reactor->adopt(pair.ours));
            streams[i]->setObserver(&observers[i]);
            streams[i]->setReading(true);
        }
        for (int round = 0; round < 20; ++round) {
            for (auto& peer : peers)
                peer.send(line(round));
            QCoreApplication::processEvents();
        }
        QByteArray expected;
        for (int round = 0; round < 20; ++round)
            expected += line(round);
        for (const auto& observer : observers)
            QTRY_COMPARE(observer.received, expected);
    }

    void aFastPeerDoesNotStarveASlowOne() {
        Bench fast(Kind::Epoll);
        auto pair = makeLoopbackPair();
        RecordingObserver slow;
        const StreamPtr slowStream = fast.reactor->adopt(pair.ours);
        slowStream->setObserver(&slow);
        slowStream->setReading(true);
        fast.observer.keepsBytes = false;
        const QByteArray piece = pattern(256 * 1024);
        // Whenever it is read the fast peer has more.
        fast.observer.onReceived = [&] { fast.peer.send(piece); };
        fast.peer.send(piece);
        fast.stream->setReading(true);
        pair.peer.send("hello");
        for (int i = 0; i < 3 && slow.received.isEmpty(); ++i)
            QCoreApplication::processEvents();
        QCOMPARE(slow.received, QByteArray("hello"));
    }

    void idleStreamsCostNothing() {
        Bench b(Kind::Epoll);
        b.stream->setReading(true);
        b.peer.send("a little");
        QTRY_COMPARE(b.observer.received, QByteArray("a little"));
        const LoopTurns turns;
        QTest::qWait(300);
        QVERIFY2(turns.isIdleFor(std::chrono::milliseconds(300)), qPrintable(turns.text()));
    }

    void aHalfClosedStreamDoesNotSpin() {
        Bench b(Kind::Epoll);
        b.stream->setReading(true);
        b.peer.finishWriting();
        b.stream->finishWriting();
        QTRY_COMPARE(b.observer.finishes, 1);
        const LoopTurns turns;
        QTest::qWait(300);
        QVERIFY2(turns.isIdleFor(std::chrono::milliseconds(300)), qPrintable(turns.text()));
    }
};

QTEST_GUILESS_MAIN(TestByteStream)
#include "tst_bytestream.moc"
