// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"
#include "core/tls/tlsclientcontext.h"
#include "core/tls/tlshandshake.h"
#include "core/tls/tlsstream.h"
#include "fakeinner.h"
#include "opensslpeer.h"
#include "tests/net/recordingobserver.h"

#include <QTest>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

const CertifiedKey& authority() {
    static const CertifiedKey made = makeAuthority("Test authority");
    return made;
}

const CertifiedKey& leaf() {
    static const CertifiedKey made = makeLeaf(authority(), "DNS:gateway.test");
    return made;
}

OpenSslPeerOptions speaking(int version) {
    OpenSslPeerOptions options;
    options.version = version;
    return options;
}

/// A client of ours over a stream that the test plays, and OpenSSL's server at its other end.
struct Bench : TlsHandshake::Observer {
    explicit Bench(int version = TLS1_3_VERSION)
        : Bench(speaking(version)) {}
    explicit Bench(const OpenSslPeerOptions& options)
        : peer(leaf(), options) {
        TlsClientOptions wanted;
        wanted.extraRoots = {authority().toCertificate()};
        context = TlsClientContext::make(wanted, roots).value();
    }
    void begin() {
        handshake = std::make_unique<TlsHandshake>(StreamPtr(&inner),
                                                   context->connectionTo("gateway.test", 443),
                                                   TlsSurroundings{tasks, deadlines}, *this);
    }
    void handshakeDone(StreamPtr made) override {
        stream = std::move(made);
        if (onDone) onDone();
    }
    void handshakeFailed(const TlsHandshakeFailure& failure) override { error = failure.error; }

    /// Carries what is there to its other end, our side's input in pieces.
    void carry(qsizetype piece = 100'000) {
        for (int i = 0; i < 10; ++i) {
            peer.take(inner.takeSent());
            toClient += peer.give();
            if (toClient.isEmpty() && inner.sent.isEmpty()) return;
            toClient.remove(0, inner.receive(toClient, piece));
            tasks.run();
        }
    }
    bool establish(qsizetype piece = 100'000) {
        begin();
        carry(piece);
        if (!stream) return false;
        handshake.reset();
        stream->setObserver(&observer);
        stream->setReading(true);
        tasks.run();
        carry(piece);
        return true;
    }
    /// FIN of the inner stream.
    void end() {
        if (inner.observer && inner.isReading) inner.observer->streamPeerFinished();
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    DeferredTaskQueue tasks;
    SystemRoots roots;
    std::shared_ptr<TlsClientContext> context;
    FakeInner inner;
    OpenSslPeer peer;
    QByteArray toClient; ///< what the inner stream did not take yet
    RecordingObserver observer;
    std::unique_ptr<TlsHandshake> handshake;
    StreamPtr stream;
    std::optional<StreamError> error;
    std::function<void()> onDone;
};

QByteArray pattern(qsizetype size) {
    QByteArray out(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        out[i] = static_cast<char>((i * 31 + i / 251) & 0xff);
    return out;
}

} // namespace

class TestTlsStream : public QObject {
    Q_OBJECT

    static void bothVersions() {
        QTest::addColumn<int>("version");
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    }

private slots:
    void anySplitOfTheRecordsWorks_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("piece");
        for (const int piece :
             {1, 2, 3, 4, 5, 6, 7, 21, 22, 23, 1000, 16'383, 16'406, 32'768, 100'000}) {
            QTest::addRow("TLS 1.2 in pieces of %d", piece) << TLS1_2_VERSION << piece;
            QTest::addRow("TLS 1.3 in pieces of %d", piece) << TLS1_3_VERSION << piece;
        }
    }
    void anySplitOfTheRecordsWorks() {
        QFETCH(int, version);
        QFETCH(int, piece);
        Bench b(version);
        QVERIFY(b.establish(piece));
        QVERIFY(b.stream->isEncrypted());
        QCOMPARE(b.peer.protocol(), QByteArray("http/1.1"));
        QCOMPARE(b.peer.serverName(), QByteArray("gateway.test"));
        const QByteArray bytes = pattern(50'000);
        b.stream->write("in two parts: ", bytes);
        b.peer.write("short");
        b.peer.write(bytes);
        b.carry(piece);
        QCOMPARE(b.peer.received, "in two parts: " + bytes);
        QCOMPARE(b.observer.received, "short" + bytes);
        QVERIFY(!b.observer.failure);
    }

    void aHeadAndItsContentShareARecord() {
        Bench b;
        QVERIFY(b.establish());
        b.stream->write("head", "content");
        const QByteArray sent = b.inner.takeSent();
        QCOMPARE(sent.size(), 5 + 11 + 17); // header, content, type and tag
        QVERIFY(!sent.contains("content"));
    }

    void whatIsNotTlsFailsTheHandshake_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("plain HTTP")
            << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << QByteArray("plain HTTP");
        QTest::newRow("a fatal alert: protocol_version")
            << QByteArray::fromHex("15030300020246") << QByteArray("neither TLS 1.2 nor TLS 1.3");
        QTest::newRow("a fatal alert: handshake_failure")
            << QByteArray::fromHex("15030300020228") << QByteArray("no cipher or key");
        QTest::newRow("a fatal alert: unrecognized_name")
            << QByteArray::fromHex("15030300020270") << QByteArray("does not know the name");
        QTest::newRow("a fatal alert: internal_error")
            << QByteArray::fromHex("15030300020250") << QByteArray("internal error");
    }
    void whatIsNotTlsFailsTheHandshake() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, says);
        for (const qsizetype piece : {1, 3, 1000}) {
            Bench b;
            b.begin();
            b.inner.receive(bytes, piece);
            QVERIFY(b.error);
            QCOMPARE(b.error->fault, StreamFault::TlsFailed);
            QVERIFY2(b.error->detail.contains(QString::fromLatin1(says)),
                     qPrintable(b.error->detail));
            QVERIFY(b.inner.isClosedGracefully && b.inner.isReleased);
        }
    }

    void anOldVersionIsRefused() {
        OpenSslPeerOptions old;
        old.version = TLS1_1_VERSION;
        old.tune = [](SSL_CTX* context) { SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0"); };
        Bench b(old);
        b.begin();
        b.carry();
        QVERIFY(b.error);
        QCOMPARE(b.error->fault, StreamFault::TlsFailed);
    }

    void anEndInTheHandshakeIsTold_data() {
        QTest::addColumn<bool>("withReset");
        QTest::newRow("FIN") << false;
        QTest::newRow("reset") << true;
    }
    void anEndInTheHandshakeIsTold() {
        QFETCH(bool, withReset);
        Bench b;
        b.begin();
        if (withReset)
            b.inner.observer->streamFailed({StreamFault::Reset, QStringLiteral("reset by peer")});
        else
            b.end();
        QVERIFY(b.error);
        QCOMPARE(b.error->fault, StreamFault::TlsFailed);
        QVERIFY(b.error->detail.contains(withReset ? u"reset by peer" : u"ended the connection"));
    }

    void lettingGoInTheHandshakeGivesUp() {
        Bench b;
        b.begin();
        b.handshake.reset();
        QVERIFY(b.inner.isReleased);
        QVERIFY(!b.error && !b.stream);
    }

    void lettingGoOnceDoneIsSafe() {
        Bench b;
        b.onDone = [&] {
            b.stream.reset();
            b.handshake.reset();
        };
        b.begin();
        b.carry();
        QVERIFY(b.inner.isReleased);
    }

    void aClosureAlertIsAnEnd_data() { bothVersions(); }
    void aClosureAlertIsAnEnd() {
        QFETCH(int, version);
        Bench b(version);
        QVERIFY(b.establish());
        b.peer.write("all of it");
        b.peer.closeNotify();
        b.carry();
        QCOMPARE(b.observer.received, QByteArray("all of it"));
        QCOMPARE(b.observer.finishes, 1);
        b.end();
        b.tasks.run();
        QCOMPARE(b.observer.finishes, 1);
        QVERIFY(!b.observer.failure);
        // Our side is still open (RFC 8446 6.1).
        b.stream->write("one more");
        b.peer.take(b.inner.takeSent());
        QVERIFY(!b.inner.isFinished);
    }

    void anEndWithoutAlertIsACut_data() { bothVersions(); }
    void anEndWithoutAlertIsACut() {
        QFETCH(int, version);
        Bench b(version);
        QVERIFY(b.establish());
        b.peer.write("half of ");
        b.carry();
        b.end();
        QCOMPARE(b.observer.received, QByteArray("half of "));
        QCOMPARE(b.observer.finishes, 0);
        QVERIFY(b.observer.failure);
        QCOMPARE(b.observer.failure->fault, StreamFault::Reset);
        QCOMPARE(b.observer.failure->detail, QStringLiteral("ended without a closure alert"));
    }

    void anEndInsideARecordIsACut() {
        Bench b;
        QVERIFY(b.establish());
        b.peer.write("half of ");
        const QByteArray record = b.peer.give();
        b.inner.receive(record.first(record.size() - 1), 1000);
        b.end();
        QCOMPARE(b.observer.total, 0);
        QCOMPARE(b.observer.failure->fault, StreamFault::Reset);
    }

    void aCutIsToldAfterWhatIsStillUnread() {
        Bench b;
        QVERIFY(b.establish());
        b.observer.onReceived = [&] { b.stream->setReading(false); };
        b.peer.write(pattern(60'000));
        QCOMPARE(b.inner.receive(b.peer.give(), 100'000), 60'000 + 4 * 22);
        QCOMPARE(b.observer.total, qint64(TlsStream::kPlainBytes));
        // A stream that had told its end before it was stopped.
        b.inner.observer->streamPeerFinished();
        QVERIFY(!b.observer.failure);
        b.observer.onReceived = {};
        b.stream->setReading(true);
        b.tasks.run();
        QCOMPARE(b.observer.total, 60'000);
        QVERIFY(b.observer.failure);
    }

    void bytesAfterTheAlertAreIgnored() {
        Bench b;
        QVERIFY(b.establish());
        b.peer.closeNotify();
        b.inner.receive(QByteArray(b.peer.give() + "and more that is no TLS"), 5);
        QCOMPARE(b.observer.finishes, 1);
        QVERIFY(!b.observer.failure);
    }

    void aDamagedRecordFails() {
        Bench b;
        QVERIFY(b.establish());
        b.peer.write("hello");
        QByteArray record = b.peer.give();
        record[record.size() - 1] = static_cast<char>(record.back() ^ 1);
        b.inner.receive(record, 1000);
        QCOMPARE(b.observer.failure->fault, StreamFault::TlsFailed);
        QVERIFY(b.observer.failure->detail.contains(u"damaged"));
        b.peer.take(b.inner.takeSent());
        QVERIFY(b.peer.hasFailed); // our alert has come
        QVERIFY(b.inner.isClosedGracefully);
    }

    void ourEndLeavesReadingOn_data() { bothVersions(); }
    void ourEndLeavesReadingOn() {
        QFETCH(int, version);
        Bench b(version);
        QVERIFY(b.establish());
        b.stream->write("question");
        b.stream->finishWriting();
        QVERIFY(b.inner.isFinished);
        b.carry();
        QCOMPARE(b.peer.received, QByteArray("question"));
        QVERIFY(b.peer.sawCloseNotify());
        b.peer.write("and the response");
        b.peer.closeNotify();
        b.carry();
        QCOMPARE(b.observer.received, QByteArray("and the response"));
        QCOMPARE(b.observer.finishes, 1);
        QVERIFY(!b.observer.failure);
        // Nothing may follow our alert, also not when it is let go.
        b.stream.reset();
        QVERIFY(b.inner.isReleased);
    }

    void readingOffStopsTheInnerStream() {
        Bench b;
        QVERIFY(b.establish());
        b.observer.onReceived = [&] { b.stream->setReading(false); };
        const QByteArray bytes = pattern(200'000);
        b.peer.write(bytes);
        b.toClient = b.peer.give();
        b.toClient.remove(0, b.inner.receive(b.toClient, 40'000));
        QVERIFY(!b.inner.isReading);
        QVERIFY(b.toClient.size() > 150'000); // left with TCP
        QCOMPARE(b.observer.total, qint64(TlsStream::kPlainBytes));
        b.tasks.run();
        QCOMPARE(b.observer.total, qint64(TlsStream::kPlainBytes));
        b.observer.onReceived = {};
        b.stream->setReading(true);
        QCOMPARE(b.observer.total, qint64(TlsStream::kPlainBytes)); // not from inside the call
        b.carry();
        QCOMPARE(b.observer.received, bytes);
    }

    void whatTheInnerStreamHoldsIsPending() {
        Bench b;
        QVERIFY(b.establish());
        b.inner.isHeldBack = true;
        const QByteArray bytes = pattern(300'000);
        b.stream->write(bytes);
        QVERIFY(b.stream->pendingBytes() >= bytes.size());
        QVERIFY(b.stream->isCongested());
        QCOMPARE(b.observer.writables, 0);
        b.inner.drain();
        QCOMPARE(b.observer.writables, 1);
        QCOMPARE(b.stream->pendingBytes(), 0);
        b.carry();
        QCOMPARE(b.peer.received, bytes);
    }

    void newKeysAreTaken() {
        Bench b;
        QVERIFY(b.establish());
        for (int i = 0; i < 3; ++i) {
            b.peer.updateKeys();
            b.peer.write("after an update");
            b.carry();
            b.stream->write("under the new key");
            b.carry();
        }
        QCOMPARE(b.observer.received, QByteArray("after an update").repeated(3));
        QCOMPARE(b.peer.received, QByteArray("under the new key").repeated(3));
        QVERIFY(!b.peer.hasFailed);
    }

    void anotherHandshakeIsRefused() {
        Bench b(TLS1_2_VERSION);
        QVERIFY(b.establish());
        b.peer.renegotiate();
        b.inner.receive(b.peer.give(), 1000);
        // no_renegotiation (RFC 5246 7.2.2), or the end; no second ClientHello in any case.
        const QByteArray reply = b.inner.takeSent();
        QVERIFY(!reply.isEmpty());
        QCOMPARE(static_cast<int>(reply[0]), SSL3_RT_ALERT);
        b.stream->write("still here");
        QVERIFY(!b.observer.failure);
    }

    void aPeerThatOnlyAsksIsCutOff() {
        Bench b(TLS1_2_VERSION);
        QVERIFY(b.establish());
        b.inner.isHeldBack = true;
        for (int i = 0; i < 2000 && !b.observer.failure; ++i) {
            b.peer.renegotiate();
            b.inner.receive(b.peer.give(), 1000);
        }
        QVERIFY(b.observer.failure);
        QVERIFY(b.observer.failure->detail.contains(u"reads nothing"));
        QVERIFY(b.inner.held.size() < 2 * TlsStream::kMaxControlBytes);
    }

    void ticketsAreNoBytes() {
        Bench b;
        QVERIFY(b.establish());
        QCOMPARE(b.observer.callsInside, 0);
        QVERIFY(b.context->sessions().size() > 0);
        QVERIFY(b.stream->isReusable());
    }

    void quietIsWhatCanBeUsedAgain() {
        Bench b;
        QVERIFY(b.establish());
        QVERIFY(b.stream->isReusable());
        b.inner.isQuiet = false;
        QVERIFY(!b.stream->isReusable());
        b.inner.isQuiet = true;
        b.peer.write("hello");
        const QByteArray record = b.peer.give();
        b.inner.receive(record.first(7), 100);
        QVERIFY(!b.stream->isReusable()); // in the middle of a record
        b.inner.receive(record.sliced(7), 100);
        QVERIFY(b.stream->isReusable());
        b.peer.closeNotify();
        b.carry();
        QVERIFY(!b.stream->isReusable());
    }

    void abortIsAReset() {
        Bench b;
        QVERIFY(b.establish());
        b.stream->abort();
        QVERIFY(b.inner.isAborted);
        QCOMPARE(b.inner.takeSent(), QByteArray()); // no alert that would make it look whole
        b.stream.reset();
        QCOMPARE(b.inner.takeSent(), QByteArray());
        QVERIFY(b.inner.isReleased);
    }

    void lettingGoSendsTheAlert() {
        Bench b;
        QVERIFY(b.establish());
        b.stream.reset();
        QVERIFY(b.inner.isReleased);
        b.peer.take(b.inner.takeSent());
        QVERIFY(b.peer.sawCloseNotify());
    }

    void aGracefulCloseSendsTheAlertLast() {
        Bench b;
        QVERIFY(b.establish());
        b.stream->write("the last words");
        b.stream->closeGracefully();
        QVERIFY(b.inner.isClosedGracefully);
        b.stream.reset();
        b.peer.take(b.inner.takeSent());
        QCOMPARE(b.peer.received, QByteArray("the last words"));
        QVERIFY(b.peer.sawCloseNotify());
    }

    void lettingGoInsideEachCallIsSafe_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("how");
        for (const char* when : {"received", "finished", "writable", "failed"})
            for (const char* how : {"let go", "abort", "close gracefully"})
                QTest::addRow("%s in %s", how, when)
                    << QString::fromLatin1(when) << QString::fromLatin1(how);
    }
    void lettingGoInsideEachCallIsSafe() {
        QFETCH(QString, when);
        QFETCH(QString, how);
        Bench b;
        QVERIFY(b.establish());
        bool done = false;
        const auto act = [&] {
            done = true;
            if (how == u"abort") b.stream->abort();
            if (how == u"close gracefully") b.stream->closeGracefully();
            b.stream.reset();
        };
        if (when == u"received") b.observer.onReceived = act;
        if (when == u"finished") b.observer.onFinished = act;
        if (when == u"writable") b.observer.onWritable = act;
        if (when == u"failed") b.observer.onFailed = act;
        b.inner.isHeldBack = when == u"writable";
        b.stream->write(pattern(300'000));
        if (b.inner.isHeldBack) b.inner.drain();
        if (b.inner.observer) b.peer.write(pattern(70'000));
        if (when == u"finished" && b.inner.observer) b.peer.closeNotify();
        b.inner.receive(b.peer.give(), 100'000);
        if (b.inner.observer) b.end();
        b.tasks.run();
        QVERIFY(done);
        QVERIFY(b.inner.isReleased);
    }

    void aFailureBelowIsToldAfterWhatCame() {
        Bench b;
        QVERIFY(b.establish());
        b.peer.write("413 too large");
        b.inner.receive(b.peer.give(), 1000);
        b.inner.observer->streamFailed({StreamFault::Reset, QStringLiteral("reset by peer")});
        QCOMPARE(b.observer.received, QByteArray("413 too large"));
        QCOMPARE(b.observer.failure->detail, QStringLiteral("reset by peer"));
    }

    void aFailureWaitsForAnObserver() {
        Bench b;
        QVERIFY(b.establish());
        b.stream->setReading(false);
        b.stream->setObserver(nullptr);
        b.inner.observer->streamFailed({StreamFault::Reset, QStringLiteral("reset by peer")});
        b.tasks.run();
        b.stream->setObserver(&b.observer);
        QVERIFY(!b.observer.failure);
        b.tasks.run();
        QVERIFY(b.observer.failure);
    }

    void anEndInSightIsPassedOn() {
        Bench b;
        QVERIFY(b.establish());
        b.stream->setReading(false);
        b.inner.observer->streamPeerClosePending();
        QCOMPARE(b.observer.endsInSight, 1);
    }

    void theProofIsThatOfTheInnerStream() {
        Bench b;
        QVERIFY(b.establish());
        const quint64 mark = b.stream->deliveryMark();
        QCOMPARE(mark, b.inner.accepted);
        b.stream->write("request");
        b.inner.delivery = Delivery::None;
        QCOMPARE(b.stream->deliverySince(mark), Delivery::None);
        QCOMPARE(b.inner.askedMark, mark);
        b.inner.delivery = Delivery::Unknown;
        QCOMPARE(b.stream->deliverySince(mark), Delivery::Unknown);
    }

    void anAlertBeforeItsFinLeavesItOpen() {
        Bench b;
        QVERIFY(b.establish());
        const quint64 mark = b.stream->deliveryMark();
        b.stream->write("request");
        b.observer.onFinished = [&] {
            QCOMPARE(b.stream->deliverySince(mark), Delivery::Undecided);
        };
        b.peer.closeNotify();
        b.inner.receive(b.peer.give(), 1000);
        QCOMPARE(b.observer.finishes, 1);
        b.end();
        QCOMPARE(b.stream->deliverySince(mark), Delivery::Unknown); // what the FIN says
        b.inner.delivery = Delivery::None;
        b.inner.observer->streamFailed({StreamFault::Reset, QStringLiteral("broken pipe")});
        QVERIFY(b.observer.failure);
        QCOMPARE(b.stream->deliverySince(mark), Delivery::None);
    }

    void aCutWaitsForTheProof_data() {
        QTest::addColumn<bool>("resetComes");
        QTest::newRow("the reset comes") << true;
        QTest::newRow("no reset comes") << false;
    }
    void aCutWaitsForTheProof() {
        QFETCH(bool, resetComes);
        Bench b;
        QVERIFY(b.establish());
        const quint64 mark = b.stream->deliveryMark();
        b.stream->write("request");
        b.inner.delivery = Delivery::Undecided;
        b.end();
        QVERIFY(!b.observer.failure);
        if (resetComes) {
            b.inner.delivery = Delivery::None;
            b.inner.observer->streamFailed({StreamFault::Reset, QStringLiteral("broken pipe")});
        } else {
            b.clock.advance(TlsStream::kProof + 1ms);
            b.deadlines.expireDue();
        }
        QVERIFY(b.observer.failure);
        QCOMPARE(b.observer.failure->detail, QStringLiteral("ended without a closure alert"));
        QCOMPARE(b.stream->deliverySince(mark), resetComes ? Delivery::None : Delivery::Undecided);
    }
};

QTEST_GUILESS_MAIN(TestTlsStream)
#include "tst_tlsstream.moc"
