// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "core/tls/tlsconnector.h"
#include "tests/net/connectoutcome.h"
#include "tests/net/recordingobserver.h"
#include "tlspeers.h"

#include <QTest>

#include <openssl/objects.h>

#include <optional>

using namespace sallyport;
using namespace sallyport::test;
using namespace std::chrono_literals;

namespace {

enum class Kind { Epoll, Qt };

struct Bench {
    explicit Bench(Kind kind = Kind::Epoll)
        : reactor(kind == Kind::Epoll ? makeStreamReactor(deadlines)
                                      : makeQtStreamReactor(deadlines)) {}
    void trust(const CertifiedKey& root) {
        auto changed = std::make_shared<TlsClientOptions>(*options);
        changed->extraRoots.push_back(root.toCertificate());
        options = changed;
    }
    void connectTo(quint16 port, const QByteArray& name = "gateway.test") {
        auto changed = std::make_shared<TlsClientOptions>(*options);
        changed->serverName = name;
        ConnectTarget target;
        target.host = "127.0.0.1";
        target.port = port;
        target.tls = changed;
        target.timeout = timeout;
        used.push_back(changed);
        outcome.stream.reset();
        outcome.error.reset();
        attempt = connector.connectTo(std::move(target), outcome);
    }
    bool establish(TlsServer& server, const QByteArray& name = "gateway.test") {
        connectTo(server.port(), name);
        if (!QTest::qWaitFor([this] { return outcome.isOver(); })) return false;
        if (!outcome.stream) return false;
        outcome.stream->setObserver(&observer);
        outcome.stream->setReading(true);
        return true;
    }
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor;
    TlsConnector connector{*reactor, deadlines};
    std::shared_ptr<const TlsClientOptions> options = std::make_shared<TlsClientOptions>();
    std::vector<std::shared_ptr<const TlsClientOptions>> used;
    std::chrono::milliseconds timeout{5000};
    RecordingObserver observer;
    Outcome outcome;
    std::unique_ptr<ConnectAttempt> attempt;
};

CertifiedKey withChain(const CertifiedKey& leaf, const std::vector<CertifiedKey>& above) {
    CertifiedKey all = leaf;
    for (const CertifiedKey& one : above)
        all.certificate += one.certificate;
    return all;
}

CertifiedKey makeIntermediate(const CertifiedKey& issuer, const QByteArray& name,
                              const QByteArray& constraints = "critical,CA:TRUE") {
    CertificateWish wish;
    wish.commonName = name;
    wish.issuer = &issuer;
    wish.extensions = {{NID_basic_constraints, constraints}};
    return makeCertificate(wish);
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class TestTlsConnector : public QObject {
    Q_OBJECT

    const CertifiedKey m_root = makeAuthority("Corp Root");
    const CertifiedKey m_leaf = makeLeaf(
        m_root, "DNS:gateway.test,DNS:*.wild.test,IP:127.0.0.1,IP:::1,DNS:part*.deep.test");

    static void bothKinds() {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("on epoll") << Kind::Epoll;
        QTest::newRow("on QTcpSocket") << Kind::Qt;
    }
    void rowsOfTime();
    void rowsOfIssuers();

private slots:
    void namesAreChecked_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("fits");
        QTest::addColumn<QByteArray>("sni");
        const auto row = [](const char* tag, const char* name, bool fits, const char* sni) {
            QTest::newRow(tag) << QByteArray(name) << fits << QByteArray(sni);
        };
        row("a name", "gateway.test", true, "gateway.test");
        row("a name in capitals", "GATEWAY.test", true, "GATEWAY.test");
        row("a name with its final dot", "gateway.test.", true, "gateway.test");
        row("a name below a wildcard", "a.wild.test", true, "a.wild.test");
        row("two labels below a wildcard", "a.b.wild.test", false, "a.b.wild.test");
        row("a name below a wildcard for part of a label", "partial.deep.test", false,
            "partial.deep.test");
        row("the wildcard's own parent", "wild.test", false, "wild.test");
        row("an IPv4 address, without SNI", "127.0.0.1", true, "");
        row("an IPv6 address, without SNI", "::1", true, "");
        row("another address", "127.0.0.2", false, "");
        row("another name", "other.test", false, "other.test");
        row("the common name", "leaf of a test", false, "leaf of a test");
    }
    void namesAreChecked() {
        QFETCH(QByteArray, name);
        QFETCH(bool, fits);
        QFETCH(QByteArray, sni);
        TlsServer server(m_leaf);
        Bench b;
        b.trust(m_root);
        b.connectTo(server.port(), name);
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY2(fits == bool(b.outcome.stream),
                 b.outcome.error ? qPrintable(b.outcome.error->detail) : "");
        QCOMPARE(server.at(0).tls->serverName(), sni);
        if (fits) return;
        QCOMPARE(b.outcome.error->fault, StreamFault::TlsUntrusted);
        QVERIFY2(b.outcome.error->detail.contains(u"gateway.test, *.wild.test, 127.0.0.1, ::1"),
                 qPrintable(b.outcome.error->detail));
    }

    void chainsAreChecked_data() {
        QTest::addColumn<CertifiedKey>("server");
        QTest::addColumn<QByteArray>("says"); ///< empty: trusted
        rowsOfTime();
        rowsOfIssuers();
    }
    void chainsAreChecked() {
        QFETCH(CertifiedKey, server);
        QFETCH(QByteArray, says);
        TlsServer peer(server);
        Bench b;
        b.trust(m_root);
        b.connectTo(peer.port());
        QTRY_VERIFY(b.outcome.isOver());
        QVERIFY2(says.isEmpty() == bool(b.outcome.stream),
                 b.outcome.error ? qPrintable(b.outcome.error->detail) : "trusted");
        if (says.isEmpty()) return;
        QCOMPARE(b.outcome.error->fault, StreamFault::TlsUntrusted);
        QVERIFY2(b.outcome.error->detail.contains(QString::fromUtf8(says)),
                 qPrintable(b.outcome.error->detail));
        QVERIFY(b.outcome.error->detail.startsWith(u"127.0.0.1:"));
        // The server is told by an alert (RFC 8446 6.2).
        QTRY_VERIFY(peer.at(0).tls->hasFailed);
    }

    void anIntermediateInTheCaFileIsEnough() {
        const CertifiedKey middle = makeIntermediate(makeAuthority("Unknown"), "Corp Issuing");
        TlsServer server(makeLeaf(middle, "DNS:gateway.test"));
        Bench b;
        b.trust(middle);
        QVERIFY(b.establish(server));
    }

    void verifyOffTakesAnything() {
        TlsServer server(makeLeaf(makeAuthority("Unknown"), "DNS:other.test", Validity::Ended));
        Bench b;
        auto options = std::make_shared<TlsClientOptions>();
        options->verify = false;
        b.options = options;
        QVERIFY(b.establish(server));
    }

    void carries64MiBBothWaysInBounds_data() { bothKinds(); }
    void carries64MiBBothWaysInBounds() {
        QFETCH(Kind, kind);
        TlsServer server(m_leaf);
        Bench b(kind);
        b.trust(m_root);
        QVERIFY(b.establish(server));
        b.observer.keepsBytes = false;
        constexpr qint64 kAll = 64LL * 1024 * 1024;
        const QByteArray piece(32 * 1024, 'x');
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
        TlsServer::Connection& peer = server.at(0);
        peer.isReading = false;
        pour();
        for (int i = 0; i < 50; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        QVERIFY(written < kAll); // the server reads nothing
        peer.isReading = true;
        qint64 got = 0;
        qint64 given = 0;
        while (got < kAll || b.observer.total < kAll) {
            server.turn();
            got += std::exchange(peer.tls->received, {}).size();
            for (; given < kAll && peer.toSend.size() < 1'000'000; given += piece.size()) {
                peer.tls->write(piece);
                peer.toSend += peer.tls->give();
            }
            QCoreApplication::processEvents();
            QVERIFY(!b.observer.failure);
        }
        QCOMPARE(got, kAll);
        QCOMPARE(b.observer.total, kAll);
        QVERIFY2(most <= ByteStream::kHighWatermark + 2 * piece.size(),
                 qPrintable(QString::number(most)));
    }

    void readingOffHoldsThePeerBack() {
        TlsServer server(m_leaf);
        Bench b;
        b.trust(m_root);
        QVERIFY(b.establish(server));
        b.outcome.stream->setReading(false);
        b.observer.keepsBytes = false;
        server.at(0).tls->write(QByteArray(32 * 1024 * 1024, 'x'));
        for (int i = 0; i < 100; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 2);
        QCOMPARE(b.observer.total, 0);
        QVERIFY(server.at(0).toSend.size() > 16 * 1024 * 1024);
        b.outcome.stream->setReading(true);
        QTRY_COMPARE_WITH_TIMEOUT(b.observer.total, 32 * 1024 * 1024, 20000);
    }

    void theNextConnectionIsResumed_data() {
        QTest::addColumn<int>("version");
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    }
    void theNextConnectionIsResumed() {
        QFETCH(int, version);
        OpenSslPeerOptions options;
        options.version = version;
        TlsServer server(m_leaf, options);
        Bench b;
        b.trust(m_root);
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(b.establish(server));
            QTRY_VERIFY(server.at(i).tls->isEstablished());
            QCOMPARE(server.at(i).tls->wasResumed(), i > 0);
            server.at(i).tls->write("hello");
            QTRY_COMPARE(b.observer.total, qint64(5 * (i + 1)));
        }
        // Another name is another server, and is checked anew.
        b.connectTo(server.port(), "other.test");
        QTRY_VERIFY(b.outcome.error);
        // A change of what is trusted forgets.
        b.trust(makeAuthority("Another"));
        QVERIFY(b.establish(server));
        QTRY_VERIFY(server.at(4).tls->isEstablished());
        QVERIFY(!server.at(4).tls->wasResumed());
    }

    void aClientCertificateIsShown() {
        const CertifiedKey clients = makeAuthority("Client authority");
        const CertifiedKey own = makeLeaf(clients, "DNS:me.test");
        OpenSslPeerOptions options;
        options.clientRoot = clients.certificate;
        TlsServer server(m_leaf, options);
        Bench b;
        b.trust(m_root);
        auto with = std::make_shared<TlsClientOptions>(*b.options);
        with->certificateChain = own.certificate;
        with->privateKey = own.key;
        b.options = with;
        QVERIFY(b.establish(server));
        server.turn();
        QTRY_VERIFY(server.at(0).tls->isEstablished());
        server.at(0).tls->write("welcome");
        QTRY_COMPARE(b.observer.received, QByteArray("welcome"));
    }

    void aMissingClientCertificateIsSaid() {
        OpenSslPeerOptions options;
        options.clientRoot = m_root.certificate;
        TlsServer server(m_leaf, options);
        Bench b;
        b.trust(m_root);
        QVERIFY(b.establish(server)); // TLS 1.3: the server's verdict comes after it
        QTRY_VERIFY(b.observer.failure);
        QVERIFY2(b.observer.failure->detail.contains(u"client certificate"),
                 qPrintable(b.observer.failure->detail));
    }

    void aBadClientCertificateIsRefusedBeforeAnythingIsSent() {
        TlsServer server(m_leaf);
        Bench b;
        auto with = std::make_shared<TlsClientOptions>();
        with->certificateChain = m_leaf.certificate;
        with->privateKey = makeLeaf(m_root, "DNS:b.test").key;
        b.options = with;
        b.connectTo(server.port());
        QVERIFY(!b.outcome.isOver()); // not from inside the call
        QTRY_VERIFY(b.outcome.error);
        QVERIFY(b.outcome.error->detail.contains(u"client certificate"));
        QVERIFY(server.connections.empty());
    }

    void silenceInTheHandshakeEndsInTime() {
        LoopbackServer silent;
        Bench b;
        b.timeout = 150ms;
        b.connectTo(silent.port());
        QTRY_VERIFY(b.outcome.error);
        QCOMPARE(b.outcome.error->fault, StreamFault::TimedOut);
        QVERIFY(b.outcome.error->detail.contains(u"TLS"));
    }

    void plainTargetsStayPlain() {
        LoopbackServer server;
        Bench b;
        ConnectTarget target;
        target.host = "127.0.0.1";
        target.port = server.port();
        b.attempt = b.connector.connectTo(target, b.outcome);
        QTRY_VERIFY(b.outcome.stream);
        QVERIFY(!b.outcome.stream->isEncrypted());
    }

    void lettingGoInsideTheCallIsSafe() {
        TlsServer good(m_leaf);
        TlsServer bad(makeLeaf(makeAuthority("Unknown"), "DNS:gateway.test"));
        for (const quint16 port : {good.port(), bad.port()}) {
            Bench b;
            b.trust(m_root);
            b.outcome.onCall = [&] { b.attempt.reset(); };
            b.connectTo(port);
            QTRY_VERIFY(b.outcome.isOver());
            QCoreApplication::processEvents();
        }
    }

    void lettingGoGivesUp() {
        TlsServer server(m_leaf);
        for (int turns = 0; turns < 8; ++turns) {
            Bench b;
            b.trust(m_root);
            b.connectTo(server.port());
            for (int i = 0; i < turns; ++i)
                QCoreApplication::processEvents();
            if (b.outcome.isOver()) break;
            b.outcome.onCall = [] { QFAIL("called after the attempt was let go"); };
            b.attempt.reset();
            QTest::qWait(5);
        }
    }

    void whatNobodyTookIsProven_data() {
        QTest::addColumn<bool>("withAlert");
        QTest::newRow("closed with an alert before the request came") << true;
        QTest::newRow("closed without one") << false;
    }
    void whatNobodyTookIsProven() {
        QFETCH(bool, withAlert);
        TlsServer server(m_leaf);
        Bench b;
        b.trust(m_root);
        QVERIFY(b.establish(server));
        for (int i = 1; i <= 3; ++i) {
            b.outcome.stream->write("request");
            QTRY_COMPARE(server.at(0).tls->received.size(), 7 * i);
            server.at(0).tls->write("response");
            QTRY_COMPARE(b.observer.total, qint64(8 * i));
        }
        const quint64 mark = b.outcome.stream->deliveryMark();
        if (withAlert) {
            server.at(0).tls->closeNotify();
            server.at(0).socket.send(server.at(0).tls->give());
        }
        server.at(0).socket.close();
        b.outcome.stream->write("the request that matters");
        QTRY_VERIFY(b.observer.failure);
        QCOMPARE(b.observer.finishes, withAlert ? 1 : 0);
        QCOMPARE(b.outcome.stream->deliverySince(mark), Delivery::None);
    }
};

void TestTlsConnector::rowsOfTime() {
    const auto timed = [&](int from, int until) {
        CertificateWish wish;
        wish.issuer = &m_root;
        wish.fromHours = from;
        wish.untilHours = until;
        wish.extensions = {{NID_subject_alt_name, "DNS:gateway.test"}};
        return makeCertificate(wish);
    };
    QTest::newRow("trusted") << timed(-1, 1) << QByteArray();
    QTest::newRow("expired") << timed(-48, -24) << QByteArray("has expired: it was valid until 20");
    QTest::newRow("not yet valid") << timed(24, 48) << QByteArray("is not valid before 20");
    CertificateWish old;
    old.commonName = "Old Issuing";
    old.issuer = &m_root;
    old.untilHours = -1;
    old.extensions = {{NID_basic_constraints, "critical,CA:TRUE"}};
    const CertifiedKey expired = makeCertificate(old);
    QTest::newRow("an intermediate has expired")
        << withChain(makeLeaf(expired, "DNS:gateway.test"), {expired})
        << QByteArray("the CA certificate “Old Issuing” in the server's chain has expired");
    CertificateWish wish;
    wish.issuer = &m_root;
    wish.extensions = {{NID_subject_alt_name, "DNS:gateway.test"}};
    wish.rsaBits = 1024;
    QTest::newRow("a short key") << makeCertificate(wish) << QByteArray("is too short");
    wish.rsaBits = 0;
    wish.extensions.push_back({NID_ext_key_usage, "clientAuth"});
    QTest::newRow("for clients") << makeCertificate(wish)
                                 << QByteArray("not made for a TLS server");
    wish.extensions.back() = {NID_ext_key_usage, "serverAuth"};
    QTest::newRow("for servers") << makeCertificate(wish) << QByteArray();
    wish.extensions = {{NID_basic_constraints, "CA:FALSE"}};
    wish.commonName = "gateway.test";
    QTest::newRow("a common name alone") << makeCertificate(wish) << QByteArray("does not count");
    wish.extensions = {{NID_subject_alt_name, "DNS:gate*.test"}};
    QTest::newRow("a wildcard for part of a label")
        << makeCertificate(wish) << QByteArray("is not for gateway.test, but for gate*.test");
    wish.extensions = {{NID_subject_alt_name, "DNS:*"}};
    QTest::newRow("a wildcard for everything") << makeCertificate(wish) << QByteArray("but for *");
    wish.extensions = {{NID_subject_alt_name, "DNS:*.test"}};
    QTest::newRow("a wildcard below a top level")
        << makeCertificate(wish) << QByteArray("but for *.test");
}

void TestTlsConnector::rowsOfIssuers() {
    const CertifiedKey unknown = makeAuthority("Unknown Root");
    const CertifiedKey middle = makeIntermediate(m_root, "Corp Issuing");
    const CertifiedKey lost = makeIntermediate(unknown, "Lost Issuing");
    QTest::newRow("through an intermediate")
        << withChain(makeLeaf(middle, "DNS:gateway.test"), {middle}) << QByteArray();
    QTest::newRow("through two intermediates in the wrong order") << [&] {
        const CertifiedKey lower = makeIntermediate(middle, "Lower");
        return withChain(makeLeaf(lower, "DNS:gateway.test"), {middle, lower});
    }() << QByteArray();
    QTest::newRow("an unknown root")
        << makeLeaf(unknown, "DNS:gateway.test")
        << QByteArray("“leaf of a test” was issued by “Unknown Root”, which is not trusted");
    QTest::newRow("an unknown root that came along")
        << withChain(makeLeaf(unknown, "DNS:gateway.test"), {unknown})
        << QByteArray("the certificate was issued by “Unknown Root”, which is not trusted");
    QTest::newRow("an unknown root above an intermediate")
        << withChain(makeLeaf(lost, "DNS:gateway.test"), {lost})
        << QByteArray("the chain ends at “Lost Issuing”, issued by “Unknown Root”");
    QTest::newRow("a missing intermediate")
        << makeLeaf(middle, "DNS:gateway.test")
        << QByteArray("issued by “Corp Issuing”, which is not trusted and did not come along");
    CertificateWish alone;
    alone.commonName = "self";
    alone.extensions = {{NID_subject_alt_name, "DNS:gateway.test"}};
    QTest::newRow("self-signed") << makeCertificate(alone)
                                 << QByteArray("“self” is self-signed and not trusted");
    const CertifiedKey noCa = makeIntermediate(m_root, "No CA", "critical,CA:FALSE");
    QTest::newRow("an issuer that is no CA")
        << withChain(makeLeaf(noCa, "DNS:gateway.test"), {noCa}) << QByteArray("may not issue any");
    const CertifiedKey last = makeIntermediate(m_root, "Last CA", "critical,CA:TRUE,pathlen:0");
    const CertifiedKey below = makeIntermediate(last, "Below");
    QTest::newRow("a CA below one that allows none")
        << withChain(makeLeaf(below, "DNS:gateway.test"), {below, last})
        << QByteArray("(path length)");
    CertificateWish tied;
    tied.commonName = "Tied CA";
    tied.issuer = &m_root;
    tied.extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                       {NID_name_constraints, "critical,permitted;DNS:other.test"}};
    const CertifiedKey constrained = makeCertificate(tied);
    QTest::newRow("a name that the CA may not certify")
        << withChain(makeLeaf(constrained, "DNS:gateway.test"), {constrained})
        << QByteArray("(name constraints)");
    // The same names, another key: the signature cannot fit.
    const CertifiedKey twin = makeAuthority("Corp Root");
    QTest::newRow("signed by a namesake of the root")
        << makeLeaf(twin, "DNS:gateway.test") << QByteArray("signature");
}

QTEST_GUILESS_MAIN(TestTlsConnector)
#include "tst_tlsconnector.moc"
