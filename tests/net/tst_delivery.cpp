// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "loopbackpeer.h"
#include "recordingobserver.h"

#include <QTest>

#include <functional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

enum class Kind { Epoll, Qt };
using Script = std::function<void(LoopbackPeer&)>;

/// A stream over which some turns of a conversation have gone, as over a pooled connection: by then
/// a kernel takes its time to acknowledge.
struct Bench {
    explicit Bench(Kind kind)
        : reactor(kind == Kind::Epoll ? makeStreamReactor(deadlines)
                                      : makeQtStreamReactor(deadlines)) {
        auto pair = makeLoopbackPair();
        peer = std::move(pair.peer);
        stream = reactor->adopt(pair.ours);
        stream->setObserver(&observer);
        stream->setReading(true);
    }
    [[nodiscard]] bool converse(int turns) {
        for (int i = 1; i <= turns; ++i) {
            stream->write("request");
            if (!QTest::qWaitFor([&] { return !peer.receive().isEmpty(); })) return false;
            peer.send("response");
            if (!QTest::qWaitFor([&] { return observer.total == 8 * i; })) return false;
        }
        return true;
    }
    [[nodiscard]] bool waitForEnd() const {
        return QTest::qWaitFor([&] { return observer.failure || observer.finishes > 0; });
    }

    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor;
    RecordingObserver observer;
    LoopbackPeer peer;
    StreamPtr stream;
};

void doesNothing(LoopbackPeer&) {}
void closes(LoopbackPeer& peer) { peer.close(); }
void resets(LoopbackPeer& peer) { peer.reset(); }
void halfCloses(LoopbackPeer& peer) { peer.finishWriting(); }
void readsThenCloses(LoopbackPeer& peer) {
    peer.receive();
    peer.close();
}
void readsThenResets(LoopbackPeer& peer) {
    peer.receive();
    peer.reset();
}

} // namespace

Q_DECLARE_METATYPE(Kind)
Q_DECLARE_METATYPE(Script)
Q_DECLARE_METATYPE(Delivery)

class TestDelivery : public QObject {
    Q_OBJECT

private slots:
    void whatIsKnownOfARequest_data() {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Script>("before");
        QTest::addColumn<Script>("after");
        QTest::addColumn<Delivery>("known");
        const auto row = [](const char* tag, const Script& before, const Script& after,
                            Delivery known) {
            QTest::newRow(tag) << Kind::Epoll << before << after << known;
        };
        row("closed before it came: it refuses", closes, doesNothing, Delivery::None);
        row("reset before it came: nothing has left", resets, doesNothing, Delivery::None);
        // The one that the number of acknowledged bytes alone would get wrong.
        row("read, then reset", doesNothing, readsThenResets, Delivery::Unknown);
        row("reset with the request unread", doesNothing, closes, Delivery::Unknown);
        row("read, then closed", doesNothing, readsThenCloses, Delivery::Unknown);
        row("half-closed behind it, which acknowledges it", doesNothing, halfCloses,
            Delivery::Unknown);
        QTest::newRow("Qt's sockets know nothing")
            << Kind::Qt << Script(closes) << Script(doesNothing) << Delivery::Unknown;
    }
    void whatIsKnownOfARequest() {
        QFETCH(const Kind, kind);
        QFETCH(const Script, before);
        QFETCH(const Script, after);
        QFETCH(const Delivery, known);
        for (const int turns : {1, 3, 40}) {
            Bench b(kind);
            QVERIFY(b.converse(turns));
            const quint64 mark = b.stream->deliveryMark();
            before(b.peer);
            b.stream->write("the request that matters");
            after(b.peer);
            QVERIFY(b.waitForEnd());
            QCOMPARE(b.stream->deliverySince(mark), known);
        }
    }

    void anEndAloneDoesNotDecide() {
        Bench b(Kind::Epoll);
        QVERIFY(b.converse(40));
        const quint64 mark = b.stream->deliveryMark();
        b.peer.finishWriting();
        b.stream->write("the request that matters");
        QVERIFY(b.waitForEnd());
        // Not yet acknowledged, or already: both may be, and neither says that it was not taken.
        QVERIFY(b.stream->deliverySince(mark) != Delivery::None);
        b.peer.receive();
        QTRY_COMPARE(b.stream->deliverySince(mark), Delivery::Unknown);
    }

    void whatIsStillPendingHasNotLeft() {
        Bench b(Kind::Epoll);
        QVERIFY(b.converse(1));
        while (b.stream->pendingBytes() == 0)
            b.stream->write(QByteArray(65536, 'x'));
        const quint64 mark = b.stream->deliveryMark();
        b.stream->write("behind all that");
        b.peer.reset();
        QVERIFY(b.waitForEnd());
        QCOMPARE(b.stream->deliverySince(mark), Delivery::None);
        QCOMPARE(b.stream->deliverySince(0), Delivery::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
