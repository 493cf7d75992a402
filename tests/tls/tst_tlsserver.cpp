// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"
#include "core/tls/certificatesummary.h"
#include "core/tls/clienthello.h"
#include "core/tls/tlserror.h"
#include "core/tls/tlshandshake.h"
#include "core/tls/tlsservercontext.h"
#include "core/tls/tlsstream.h"
#include "fakeinner.h"
#include "opensslclient.h"
#include "tests/net/recordingobserver.h"
#include "tests/net/testcertificates.h"

#include <QTest>

#include <openssl/err.h>
#include <openssl/pem.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

const CertifiedKey& authority() {
    static const CertifiedKey made = makeAuthority("Test authority");
    return made;
}

BioPtr reading(const QByteArray& pem) {
    return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

/// `name` as in subjectAltName.
TlsIdentity identityFor(const QByteArray& name) {
    const CertifiedKey leaf = makeLeaf(authority(), name);
    TlsIdentity made;
    made.certificate.reset(
        PEM_read_bio_X509(reading(leaf.certificate).get(), nullptr, nullptr, nullptr));
    made.key.reset(PEM_read_bio_PrivateKey(reading(leaf.key).get(), nullptr, nullptr, nullptr));
    return made;
}

using SharedContext = std::shared_ptr<TlsServerContext>;

OpenSslClientOptions asking(const QByteArray& name, int version = TLS1_3_VERSION) {
    OpenSslClientOptions options;
    options.root = authority().certificate;
    options.serverName = name;
    options.version = version;
    return options;
}

/// A server of ours over a stream that the test plays, and OpenSSL's client at its other end.
struct Connection : TlsHandshake::Observer {
    explicit Connection(const SharedContext& context, QByteArray host = "a.test")
        : engine(context->connectionWith(identityFor("DNS:" + host), host)) {}
    Connection(std::unique_ptr<TlsEngine> made)
        : engine(std::move(made)) {}
    void handshakeDone(StreamPtr made) override {
        stream = std::move(made);
        stream->setObserver(&observer);
        stream->setReading(true);
    }
    void handshakeFailed(const TlsHandshakeFailure& why) override { failure = why; }

    void begin(QByteArrayView first = {}) {
        engine->setInput(first);
        engine->keepRest();
        handshake = std::make_unique<TlsHandshake>(StreamPtr(&inner), std::move(engine),
                                                   TlsSurroundings{tasks, deadlines}, *this);
    }
    /// Carries what is there to its other end, our side's input in pieces.
    void carry(OpenSslClient& client, qsizetype piece = 100'000) {
        for (int i = 0; i < 10; ++i) {
            client.take(inner.takeSent());
            toServer += client.give();
            if (toServer.isEmpty() && inner.sent.isEmpty()) return;
            toServer.remove(0, inner.receive(toServer, piece));
            tasks.run();
        }
    }

    ManualClock clock;
    DeadlineQueue deadlines{clock};
    DeferredTaskQueue tasks;
    FakeInner inner;
    std::unique_ptr<TlsEngine> engine; ///< until begin()
    QByteArray toServer;
    RecordingObserver observer;
    std::unique_ptr<TlsHandshake> handshake;
    StreamPtr stream;
    std::optional<TlsHandshakeFailure> failure;
};

SharedContext server() { return TlsServerContext::make().value(); }

/// The name or address that the certificate shown is for.
QString shownName(const OpenSslClient& client) {
    const X509Ptr shown(SSL_get1_peer_certificate(client.ssl()));
    return shown ? summaryOf(*shown).names.join(u' ') : QString();
}

} // namespace

class TestTlsServer : public QObject {
    Q_OBJECT

    static void bothVersions() {
        QTest::addColumn<int>("version");
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    }

private slots:
    void bytesGoBothWays_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 5, 6, 23, 1000, 100'000}) {
            QTest::addRow("TLS 1.2 in pieces of %d", piece) << TLS1_2_VERSION << piece;
            QTest::addRow("TLS 1.3 in pieces of %d", piece) << TLS1_3_VERSION << piece;
        }
    }
    void bytesGoBothWays() {
        QFETCH(int, version);
        QFETCH(int, piece);
        Connection c(server());
        OpenSslClient client(asking("a.test", version));
        c.begin();
        c.carry(client, piece);
        QVERIFY(c.stream && client.isEstablished());
        QCOMPARE(client.protocol(), QByteArray("http/1.1"));
        const QByteArray bytes(100'000, 'x');
        client.write("a request");
        c.stream->write("a response: ", bytes);
        c.carry(client, piece);
        QCOMPARE(c.observer.received, QByteArray("a request"));
        QCOMPARE(client.received, "a response: " + bytes);
        client.closeNotify();
        c.carry(client, piece);
        QCOMPARE(c.observer.finishes, 1);
        c.stream.reset();
        client.take(c.inner.takeSent());
        QVERIFY(client.sawCloseNotify());
    }

    void anAddressHasACertificateToo() {
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            Connection c(server()->connectionWith(identityFor("IP:127.0.0.1"), "127.0.0.1"));
            OpenSslClientOptions options = asking({}, version);
            options.address = "127.0.0.1";
            OpenSslClient client(options);
            c.begin();
            c.carry(client);
            QVERIFY(c.stream && client.isEstablished());
            QCOMPARE(shownName(client), QStringLiteral("127.0.0.1"));
        }
    }

    void aKeyOfAnotherCertificateIsNone() {
        TlsIdentity mixed = identityFor("DNS:a.test");
        mixed.key = identityFor("DNS:a.test").key;
        QVERIFY(!server()->connectionWith(mixed, "a.test"));
        QCOMPARE(ERR_peek_error(), 0UL);
    }

    void aPeekedHelloIsGoneOnWith_data() { bothVersions(); }
    void aPeekedHelloIsGoneOnWith() {
        QFETCH(int, version);
        Connection c(server());
        OpenSslClient client(asking("a.test", version));
        client.take();
        ClientHelloReader reader;
        QCOMPARE(reader.take(client.give()), ClientHelloReader::Verdict::Hello);
        c.begin(reader.received());
        QVERIFY(!c.inner.sent.isEmpty()); // before anything is read
        c.carry(client);
        QVERIFY(c.stream && client.isEstablished());
    }

    void whatCannotBeServedIsRefused_data() {
        QTest::addColumn<QByteArray>("protocols");
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("ciphers");
        QTest::addColumn<int>("alert");
        QTest::addColumn<QString>("says");
        const QByteArray http("\x08http/1.1");
        const QByteArray h2("\x02h2");
        const QByteArray none;
        QTest::newRow("HTTP/2 alone in ALPN (RFC 7301 3.2)")
            << h2 << TLS1_3_VERSION << none << SSL_AD_NO_APPLICATION_PROTOCOL
            << QStringLiteral("does not offer HTTP/1.1");
        QTest::newRow("TLS 1.1") << http << TLS1_1_VERSION << QByteArray("ALL:@SECLEVEL=0")
                                 << SSL_AD_PROTOCOL_VERSION
                                 << QStringLiteral("neither TLS 1.2 nor TLS 1.3");
        QTest::newRow("CBC alone") << http << TLS1_2_VERSION << QByteArray("ECDHE-ECDSA-AES128-SHA")
                                   << SSL_AD_HANDSHAKE_FAILURE << QStringLiteral("no cipher");
        QTest::newRow("RSA key exchange alone")
            << http << TLS1_2_VERSION << QByteArray("AES128-GCM-SHA256") << SSL_AD_HANDSHAKE_FAILURE
            << QStringLiteral("no cipher");
    }
    void whatCannotBeServedIsRefused() {
        QFETCH(QByteArray, protocols);
        QFETCH(int, version);
        QFETCH(QByteArray, ciphers);
        QFETCH(QString, says);
        OpenSslClientOptions options = asking("a.test", version);
        options.protocols = protocols;
        if (!ciphers.isEmpty())
            options.tune = [&](SSL_CTX* context) { SSL_CTX_set_cipher_list(context, ciphers); };
        Connection c(server());
        OpenSslClient client(options);
        c.begin();
        c.carry(client);
        QVERIFY(c.failure && !c.stream);
        QCOMPARE(c.failure->error.fault, StreamFault::TlsFailed);
        QVERIFY2(c.failure->error.detail.contains(says), qPrintable(c.failure->error.detail));
        QVERIFY(!c.failure->peerAlert);
        QVERIFY(c.inner.isClosedGracefully);
        QTEST(client.alert.value_or(-1), "alert");
    }

    void otherProtocolsBesideHttpAreIgnored_data() {
        QTest::addColumn<QByteArray>("protocols");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("h2 first") << QByteArray("\x02h2\x08http/1.1") << QByteArray("http/1.1");
        QTest::newRow("no ALPN") << QByteArray() << QByteArray();
    }
    void otherProtocolsBesideHttpAreIgnored() {
        QFETCH(QByteArray, protocols);
        OpenSslClientOptions options = asking("a.test");
        options.protocols = protocols;
        Connection c(server());
        OpenSslClient client(options);
        c.begin();
        c.carry(client);
        QVERIFY(c.stream);
        QTEST(client.protocol(), "chosen");
    }

    void aClientThatDoesNotTrustIsKnown_data() { bothVersions(); }
    void aClientThatDoesNotTrustIsKnown() {
        QFETCH(int, version);
        Connection c(server());
        OpenSslClientOptions options = asking("a.test", version);
        const CertifiedKey other = makeAuthority("Another authority");
        options.root = other.certificate;
        OpenSslClient client(options);
        c.begin();
        c.carry(client);
        QVERIFY(c.failure);
        QCOMPARE(c.failure->peerAlert, quint8(SSL_AD_UNKNOWN_CA));
        QVERIFY(isDistrust(*c.failure->peerAlert));
        QCOMPARE(c.failure->error.detail,
                 QStringLiteral("TLS handshake failed: the client does not trust the certificate "
                                "(alert “unknown CA”)"));
    }

    void alertsOfDistrustAreTold_data() {
        QTest::addColumn<int>("alert");
        QTest::addColumn<bool>("isDistrust");
        QTest::newRow("bad_certificate") << SSL_AD_BAD_CERTIFICATE << true;
        QTest::newRow("unsupported_certificate") << SSL_AD_UNSUPPORTED_CERTIFICATE << true;
        QTest::newRow("certificate_revoked") << SSL_AD_CERTIFICATE_REVOKED << true;
        QTest::newRow("certificate_expired") << SSL_AD_CERTIFICATE_EXPIRED << true;
        QTest::newRow("certificate_unknown") << SSL_AD_CERTIFICATE_UNKNOWN << true;
        QTest::newRow("unknown_ca") << SSL_AD_UNKNOWN_CA << true;
        QTest::newRow("illegal_parameter") << SSL_AD_ILLEGAL_PARAMETER << false;
        QTest::newRow("handshake_failure") << SSL_AD_HANDSHAKE_FAILURE << false;
        QTest::newRow("internal_error") << SSL_AD_INTERNAL_ERROR << false;
        QTest::newRow("access_denied") << SSL_AD_ACCESS_DENIED << false;
    }
    void alertsOfDistrustAreTold() {
        QFETCH(int, alert);
        Connection c(server());
        OpenSslClient client(asking("a.test"));
        client.take();
        c.begin(client.give());
        QByteArray record = QByteArray::fromHex("150303000202");
        record += static_cast<char>(alert);
        c.inner.receive(record, 3);
        QVERIFY(c.failure);
        QCOMPARE(c.failure->peerAlert, quint8(alert));
        QTEST(isDistrust(*c.failure->peerAlert), "isDistrust");
    }

    void whatIsNotTlsIsTold() {
        Connection c(server());
        c.begin("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(!c.failure); // not from inside the constructor
        c.tasks.run();
        QVERIFY(c.failure);
        QVERIFY2(c.failure->error.detail.contains(u"not TLS"), qPrintable(c.failure->error.detail));
    }

    void aSessionIsResumed_data() { bothVersions(); }
    void aSessionIsResumed() {
        QFETCH(int, version);
        const SharedContext shared = server();
        auto client = std::make_unique<OpenSslClient>(asking("a.test", version));
        for (int i = 0; i < 3; ++i) {
            Connection c(shared);
            c.begin();
            c.carry(*client);
            QVERIFY(c.stream);
            QCOMPARE(client->wasResumed(), i > 0);
            if (i < 2) client = client->again(asking("a.test", version));
        }
        Connection other(shared, "b.test");
        const auto second = client->again(asking("b.test", version));
        other.begin();
        other.carry(*second);
        QVERIFY(other.stream && !second->wasResumed()); // RFC 6066 3
        QCOMPARE(shownName(*second), QStringLiteral("b.test"));
        Connection elsewhere(server());
        const auto third = client->again(asking("a.test", version));
        elsewhere.begin();
        elsewhere.carry(*third);
        QVERIFY(elsewhere.stream && !third->wasResumed());
    }

    void newKeysAreTaken() {
        Connection c(server());
        OpenSslClient client(asking("a.test"));
        c.begin();
        c.carry(client);
        client.updateKeys();
        client.write("under new keys");
        c.carry(client);
        QCOMPARE(c.observer.received, QByteArray("under new keys"));
    }

    void anotherHandshakeIsRefused() {
        Connection c(server());
        OpenSslClient client(asking("a.test", TLS1_2_VERSION));
        c.begin();
        c.carry(client);
        QVERIFY(c.stream);
        client.renegotiate();
        c.inner.receive(client.give(), 1000);
        const QByteArray reply = c.inner.takeSent();
        QVERIFY(!reply.isEmpty());
        QCOMPARE(static_cast<int>(reply[0]), SSL3_RT_ALERT);
    }

    void anEndWithoutAlertIsACut() {
        Connection c(server());
        OpenSslClient client(asking("a.test"));
        c.begin();
        c.carry(client);
        client.write("half of");
        c.carry(client);
        c.inner.observer->streamPeerFinished();
        QCOMPARE(c.observer.failure->fault, StreamFault::Reset);
        QCOMPARE(c.observer.received, QByteArray("half of"));
    }
};

QTEST_GUILESS_MAIN(TestTlsServer)
#include "tst_tlsserver.moc"
