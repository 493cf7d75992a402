// SPDX-License-Identifier: MIT
#include "core/net/reactor.h"
#include "core/support/deadline.h"
#include "recordingobserver.h"
#include "testcertificates.h"

#include <QSslServer>
#include <QSslSocket>
#include <QTest>

#include <optional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

class Outcome : public ConnectObserver {
public:
    void connected(StreamPtr s) override { stream = std::move(s); }
    void connectFailed(const StreamError& e) override { error = e; }
    [[nodiscard]] bool isOver() const { return stream || error; }
    StreamPtr stream;
    std::optional<StreamError> error;
};

/// A TLS server of Qt's and a client of ours.
struct Bench {
    explicit Bench(const CertifiedKey& leaf) {
        server.setSslConfiguration(serverConfiguration(leaf));
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [this] {
            peer = qobject_cast<QSslSocket*>(server.nextPendingConnection());
        });
    }
    void connectTo(const CertifiedKey& trusted, const QByteArray& name, bool verify = true) {
        auto options = std::make_shared<TlsClientOptions>();
        options->serverName = name;
        options->verify = verify;
        if (!trusted.certificate.isEmpty()) options->extraRoots = {trusted.toCertificate()};
        ConnectTarget target;
        target.host = "127.0.0.1";
        target.port = server.serverPort();
        target.tls = options;
        attempt = reactor->connectTo(target, outcome);
    }
    bool establish(const CertifiedKey& authority) {
        connectTo(authority, "gateway.test");
        if (!QTest::qWaitFor([this] { return outcome.isOver() && peer; })) return false;
        if (!outcome.stream) return false;
        outcome.stream->setObserver(&observer);
        outcome.stream->setReading(true);
        return true;
    }
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    QSslServer server;
    QSslSocket* peer = nullptr; ///< of the server
    RecordingObserver observer;
    Outcome outcome;
    std::unique_ptr<ConnectAttempt> attempt;
};

} // namespace

class TestTlsClient : public QObject {
    Q_OBJECT

    const CertifiedKey m_authority = makeAuthority("Test authority");
    const CertifiedKey m_leaf = makeLeaf(m_authority, "DNS:gateway.test,IP:127.0.0.1");

private slots:
    void trustsAnExtraRoot_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("for a name of the certificate") << QByteArray("gateway.test");
        QTest::newRow("for an address of the certificate") << QByteArray("127.0.0.1");
    }
    void trustsAnExtraRoot() {
        QFETCH(QByteArray, name);
        Bench b(m_leaf);
        b.connectTo(m_authority, name);
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY2(b.outcome.stream, b.outcome.error ? qPrintable(b.outcome.error->detail) : "");
        QVERIFY(b.outcome.stream->isEncrypted());
        QTRY_VERIFY(b.peer);
        QCOMPARE(b.peer->sslConfiguration().nextNegotiatedProtocol(), QByteArray("http/1.1"));
    }

    void refusesWhatItCannotTrust_data() {
        QTest::addColumn<CertifiedKey>("leaf");
        QTest::addColumn<bool>("withRoot");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("an unknown authority") << m_leaf << false << QByteArray("gateway.test");
        QTest::newRow("another name") << m_leaf << true << QByteArray("other.test");
        QTest::newRow("another address") << m_leaf << true << QByteArray("127.0.0.2");
        QTest::newRow("a certificate that has ended")
            << makeLeaf(m_authority, "DNS:gateway.test", Validity::Ended) << true
            << QByteArray("gateway.test");
    }
    void refusesWhatItCannotTrust() {
        QFETCH(CertifiedKey, leaf);
        QFETCH(bool, withRoot);
        QFETCH(QByteArray, name);
        Bench b(leaf);
        b.connectTo(withRoot ? m_authority : CertifiedKey(), name);
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::TlsUntrusted);
        QVERIFY2(b.outcome.error->detail.contains(u"leaf of a test"),
                 qPrintable(b.outcome.error->detail));
    }

    void anotherRootLeavesTheSystemStoreInForce() {
        // The peer is in neither: both stores were asked, by one connection each.
        const CertifiedKey other = makeAuthority("Other authority");
        Bench b(m_leaf);
        int handshakes = 0;
        connect(&b.server, &QSslServer::startedEncryptionHandshake, &b.server,
                [&] { ++handshakes; });
        b.connectTo(other, "gateway.test");
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::TlsUntrusted);
        QCOMPARE(handshakes, 2);
    }

    void trustsAnythingWhenToldTo() {
        Bench b(m_leaf);
        b.connectTo({}, "other.test", false);
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY(b.outcome.stream);
    }

    void aPeerWithoutTlsFailsTheHandshake() {
        Bench b(m_leaf);
        QTcpServer plain;
        plain.listen(QHostAddress::LocalHost);
        connect(&plain, &QTcpServer::newConnection, &plain,
                [&] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        ConnectTarget target;
        target.host = "127.0.0.1";
        target.port = plain.serverPort();
        target.tls = std::make_shared<TlsClientOptions>();
        b.attempt = b.reactor->connectTo(target, b.outcome);
        QTRY_VERIFY(b.outcome.isOver());
        QCOMPARE(b.outcome.error->fault, StreamFault::TlsFailed);
    }

    void carriesBytesBothWays() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        b.outcome.stream->write("question, ", "in two parts");
        QTRY_COMPARE(b.peer->bytesAvailable(), 22);
        QCOMPARE(b.peer->readAll(), QByteArray("question, in two parts"));
        const QByteArray response(5'000'000, 'a');
        b.peer->write(response);
        QTRY_COMPARE(b.observer.total, response.size());
        QCOMPARE(b.observer.received, response);
    }

    void aSlowPeerCongestsIt() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        b.peer->setReadBufferSize(65536);
        constexpr qint64 kAll = 32 * 1024 * 1024;
        const QByteArray piece(65536, 'x');
        qint64 written = 0;
        qsizetype most = 0;
        const auto pour = [&] {
            while (!b.outcome.stream->isCongested() && written < kAll) {
                b.outcome.stream->write(piece);
                written += piece.size();
            }
            most = std::max(most, b.outcome.stream->pendingBytes());
        };
        b.observer.onWritable = pour;
        pour();
        for (int i = 0; i < 50; ++i)
            QCoreApplication::processEvents();
        QVERIFY(written < kAll);
        qint64 got = 0;
        b.peer->setReadBufferSize(0);
        while (got < kAll) {
            got += b.peer->readAll().size();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
        QVERIFY(most < 2 * ByteStream::kHighWatermark);
    }

    void readingOffHoldsThePeerBack() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        b.outcome.stream->setReading(false);
        b.observer.keepsBytes = false;
        const qint64 all = 32 * 1024 * 1024;
        b.peer->write(QByteArray(all, 'x'));
        for (int i = 0; i < 200; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        QCOMPARE(b.observer.total, 0);
        QVERIFY(b.peer->bytesToWrite() + b.peer->encryptedBytesToWrite() > all / 2);
        b.outcome.stream->setReading(true);
        QTRY_COMPARE_WITH_TIMEOUT(b.observer.total, all, 20000);
    }

    void thePeersEndComesAfterItsBytes() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        b.peer->write(QByteArray(300'000, 'x'));
        b.peer->disconnectFromHost();
        QTRY_COMPARE(b.observer.finishes, 1);
        QCOMPARE(b.observer.total, 300'000);
        QVERIFY(!b.observer.failure);
    }

    void aGracefulCloseSendsEverything() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        const QByteArray bytes(3'000'000, 'x');
        b.outcome.stream->write(bytes);
        b.outcome.stream->closeGracefully();
        b.outcome.stream.reset();
        QByteArray got;
        QTRY_COMPARE((got += b.peer->readAll()).size(), bytes.size());
        QTRY_COMPARE(b.peer->state(), QAbstractSocket::UnconnectedState);
    }

    void lettingGoClosesAtOnce() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        b.outcome.stream.reset();
        QTRY_COMPARE(b.peer->state(), QAbstractSocket::UnconnectedState);
    }

    void quietIsWhatCanBeUsedAgain() {
        Bench b(m_leaf);
        QVERIFY(b.establish(m_authority));
        // Session tickets of TLS 1.3 come behind the handshake and are no bytes of the peer's.
        QTRY_VERIFY(b.outcome.stream->isReusable());
        b.peer->disconnectFromHost();
        QTRY_VERIFY(!b.outcome.stream->isReusable());
    }
};

QTEST_GUILESS_MAIN(TestTlsClient)
#include "tst_tlsclient.moc"
