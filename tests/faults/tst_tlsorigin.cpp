// SPDX-License-Identifier: MIT
// Responses over TLS: which end is one, and what client and log are told of the others.
#include "tests/faults/faultrig.h"
#include "tests/tls/tlspeers.h"

#include <openssl/x509v3.h>

using namespace sallyport;
using namespace sallyport::test;

namespace {

enum class Finish { WithAlert, BareFin, Reset, DamagedRecord };

const QByteArray kUntilClose = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc";
const QByteArray kShort = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
const QByteArray kWhole = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
const QByteArray kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";

const CertifiedKey& corpRoot() {
    static const CertifiedKey made = makeAuthority("Corp Root");
    return made;
}

QByteArray routesTo(quint16 port, const QByteArray& caFile) {
    const QByteArray url = "https://127.0.0.1:" + QByteArray::number(port);
    QByteArray credential = "    credential: none\n";
    if (!caFile.isEmpty()) credential += "    tls: {ca_file: \"" + caFile + "\"}\n";
    return Rig::defaultRoutes()
        .replace("ORIGIN", url)
        .replace("    credential: none\n", credential);
}

/// A rig whose upstream is `server`.
struct TlsRig : FaultRig {
    explicit TlsRig(TlsServer& server, bool isTrusted = true)
        : FaultRig(routesTo(server.port(), isTrusted ? QByteArray("CAFILE") : QByteArray())) {
        writeFile("ca.pem", corpRoot().certificate);
        QByteArray routes = readFile("routes.yaml");
        writeFile("routes.yaml", routes.replace("CAFILE", pathOf("ca.pem").toUtf8()));
    }
};

void finish(TlsServer::Connection& origin, Finish how) {
    if (how == Finish::WithAlert) origin.tls->closeNotify();
    if (how == Finish::DamagedRecord)
        origin.toSend += QByteArray::fromHex("1703030020") + QByteArray(32, 'x');
    const QByteArray rest = origin.tls->give() + std::exchange(origin.toSend, {});
    origin.socket.send(rest);
    if (how == Finish::Reset)
        origin.socket.reset();
    else
        origin.socket.finishWriting();
}

} // namespace

Q_DECLARE_METATYPE(Finish)

class TestTlsOrigin : public QObject {
    Q_OBJECT

    const CertifiedKey m_leaf = makeLeaf(corpRoot(), "IP:127.0.0.1");

private slots:
    void onlyAProperEndIsOne_data();
    void onlyAProperEndIsOne();
    void anUntrustedOriginIsNamed();
    void requestsShareAConnection();
    void anOwnCertificateIsShown();
    void aRefusedOwnCertificateIsNamed_data();
    void aRefusedOwnCertificateIsNamed();
    void whatIsNotVerifiedIsWarnedOf();
};

// RFC 9112 9.8: what is delimited by its connection is complete only with a closure alert.
void TestTlsOrigin::onlyAProperEndIsOne_data() {
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<Finish>("how");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("seen");
    QTest::addColumn<Ended>("ending");
    QTest::addColumn<ExchangeEnd>("end");
    const auto row = [](const char* tag, const QByteArray& response, Finish how, const char* seen,
                        Ended ending, ExchangeEnd end) {
        QTest::newRow(tag) << response << how << QByteArray("HTTP/1.1") << QByteArray(seen)
                           << ending << end;
    };
    row("until close, ended by an alert", kUntilClose, Finish::WithAlert, "abc\r\n0\r\n\r\n",
        Ended::No, ExchangeEnd::Complete);
    row("until close, ended by a bare FIN", kUntilClose, Finish::BareFin, "abc\r\n", Ended::ByClose,
        ExchangeEnd::Truncated);
    QTest::newRow("until close, ended by a bare FIN, to HTTP/1.0")
        << kUntilClose << Finish::BareFin << QByteArray("HTTP/1.0") << QByteArray("abc")
        << Ended::ByReset << ExchangeEnd::Truncated;
    row("until close, reset", kUntilClose, Finish::Reset, "abc\r\n", Ended::ByClose,
        ExchangeEnd::Truncated);
    row("until close, a damaged record", kUntilClose, Finish::DamagedRecord, "abc\r\n",
        Ended::ByClose, ExchangeEnd::Truncated);
    row("a length, cut with an alert", kShort, Finish::WithAlert, "abc", Ended::ByClose,
        ExchangeEnd::Truncated);
    row("a length, cut by a bare FIN", kShort, Finish::BareFin, "abc", Ended::ByClose,
        ExchangeEnd::Truncated);
    row("a whole length, ended by a bare FIN", kWhole, Finish::BareFin, "\r\n\r\nabc", Ended::No,
        ExchangeEnd::Complete);
    row("chunked, cut by a bare FIN", kChunked, Finish::BareFin, "abc\r\n", Ended::ByClose,
        ExchangeEnd::Truncated);
    row("chunked and whole, ended by a bare FIN", kChunked + "0\r\n\r\n", Finish::BareFin,
        "abc\r\n0\r\n\r\n", Ended::No, ExchangeEnd::Complete);
}

void TestTlsOrigin::onlyAProperEndIsOne() {
    QFETCH(const QByteArray, response);
    QFETCH(const Finish, how);
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, seen);
    QFETCH(const Ended, ending);
    QFETCH(const ExchangeEnd, end);
    for (const int tls : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        OpenSslPeerOptions options;
        options.version = tls;
        TlsServer server(m_leaf, options);
        TlsRig rig(server);
        QVERIFY(rig.engine->open());
        LoopbackPeer client = rig.client();
        client.send(rig.get("/x").replace("HTTP/1.1", version));
        QTRY_VERIFY(!server.connections.empty() && server.at(0).tls->received.endsWith("\r\n\r\n"));
        server.at(0).tls->write(response);
        QByteArray got;
        if (how != Finish::WithAlert) { // the bytes are on their way before the cut is
            server.turn();
            QVERIFY(receives(client, got, "abc"));
        }
        finish(server.at(0), how);
        QVERIFY2(got.contains(seen) || receives(client, got, seen), got.constData());
        const ExchangeRecord record = rig.endedRecord();
        QCOMPARE(wordOf(record.end).toByteArray(), wordOf(end).toByteArray());
        QCOMPARE(record.status, 200);
        if (how == Finish::BareFin && response == kUntilClose)
            QVERIFY2(record.error.contains(u"without a closure alert"), qPrintable(record.error));
        if (ending == Ended::No) continue;
        QVERIFY(ends(client, got));
        QCOMPARE(endOf(client), ending);
        QVERIFY(!got.endsWith("0\r\n\r\n"));
    }
}

void TestTlsOrigin::anUntrustedOriginIsNamed() {
    TlsServer server(m_leaf);
    TlsRig rig(server, false);
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    QByteArray got;
    QVERIFY(receives(client, got, "upstream_tls"));
    QVERIFY2(got.contains("Corp Root"), got.constData());
    const ExchangeRecord record = rig.endedRecord();
    QVERIFY2(record.error.contains(u"tls.ca_file"), qPrintable(record.error));
    QCOMPARE(got.count("tls.ca_file"), 1);
    QVERIFY(server.at(0).tls->received.isEmpty());
}

void TestTlsOrigin::requestsShareAConnection() {
    TlsServer server(m_leaf);
    TlsRig rig(server);
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    for (int i = 1; i <= 3; ++i) {
        client.send(rig.get("/x"));
        QTRY_VERIFY(!server.connections.empty() &&
                    server.at(0).tls->received.count("GET /x HTTP/1.1\r\n") == i);
        server.at(0).tls->write(kWhole);
        QByteArray got;
        QVERIFY(receives(client, got, "abc"));
    }
    QCOMPARE(server.connections.size(), std::size_t(1));
    QCOMPARE(server.at(0).tls->protocol(), QByteArray("http/1.1"));
}

// A renewed one is used from the next reading of the files on.
void TestTlsOrigin::anOwnCertificateIsShown() {
    const CertifiedKey clients = makeAuthority("Client authority");
    OpenSslPeerOptions options;
    options.clientRoot = clients.certificate;
    TlsServer server(m_leaf, options);
    TlsRig rig(server);
    QByteArray routes = rig.readFile("routes.yaml");
    rig.writeFile("routes.yaml", routes.replace("tls: {", "tls: {cert: me.pem, key: me.key, "));
    for (const QByteArray name : {"first.test", "second.test"}) {
        const CertifiedKey own = makeLeaf(clients, "DNS:" + name);
        rig.writeFile("me.pem", own.certificate);
        rig.writeFile("me.key", own.key);
        if (name == "first.test")
            QVERIFY(rig.engine->open());
        else
            rig.engine->reload();
        const std::size_t count = server.connections.size();
        LoopbackPeer client = rig.client();
        client.send(rig.get("/x"));
        QTRY_VERIFY(server.connections.size() == count + 1 &&
                    server.at(count).tls->received.endsWith("\r\n\r\n"));
        const X509Ptr shown(SSL_get1_peer_certificate(server.at(count).tls->ssl()));
        QCOMPARE(X509_check_host(shown.get(), name.constData(), 0, 0, nullptr), 1);
        server.at(count).tls->write(kWhole);
        QByteArray got;
        QVERIFY(receives(client, got, "abc"));
    }
}

void TestTlsOrigin::aRefusedOwnCertificateIsNamed_data() {
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("isShown");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("none, TLS 1.2") << TLS1_2_VERSION << false << QByteArray("handshake failure");
    QTest::newRow("none, TLS 1.3") << TLS1_3_VERSION << false << QByteArray("tls.cert and tls.key");
    QTest::newRow("of an unknown authority, TLS 1.2")
        << TLS1_2_VERSION << true << QByteArray("unknown CA");
    QTest::newRow("of an unknown authority, TLS 1.3")
        << TLS1_3_VERSION << true << QByteArray("unknown CA");
}

// RFC 8446 4.4.2.4: in TLS 1.3 the alert comes when the handshake is over for us.
void TestTlsOrigin::aRefusedOwnCertificateIsNamed() {
    QFETCH(const int, version);
    QFETCH(const bool, isShown);
    QFETCH(const QByteArray, says);
    OpenSslPeerOptions options;
    options.version = version;
    options.clientRoot = makeAuthority("Client authority").certificate;
    TlsServer server(m_leaf, options);
    TlsRig rig(server);
    QByteArray routes = rig.readFile("routes.yaml");
    if (isShown)
        rig.writeFile("routes.yaml", routes.replace("tls: {", "tls: {cert: me.pem, key: me.key, "));
    const CertifiedKey own = makeLeaf(makeAuthority("Another"), "DNS:me.test");
    rig.writeFile("me.pem", own.certificate);
    rig.writeFile("me.key", own.key);
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    QByteArray got;
    QVERIFY2(receives(client, got, "X-Sallyport-Error: upstream_tls"), got.constData());
    QVERIFY2(got.contains(says) || receives(client, got, says), got.constData());
    const ExchangeRecord record = rig.endedRecord();
    QVERIFY2(record.error.toUtf8().contains(says), qPrintable(record.error));
}

void TestTlsOrigin::whatIsNotVerifiedIsWarnedOf() {
    TlsServer server(m_leaf);
    TlsRig rig(server, false);
    QByteArray routes = rig.readFile("routes.yaml");
    rig.writeFile("routes.yaml",
                  routes.replace("    credential: none\n",
                                 "    credential: none\n    tls: {verify: false}\n"));
    QVERIFY(rig.engine->open());
    LoopbackPeer client = rig.client();
    client.send(rig.get("/x"));
    QTRY_VERIFY(!server.connections.empty() && server.at(0).tls->received.endsWith("\r\n\r\n"));
    server.at(0).tls->write(kWhole);
    QByteArray got;
    QVERIFY(receives(client, got, "abc"));
    client.send(rig.get("/readyz"));
    QVERIFY2(receives(client, got, "warning: upstream"), got.constData());
    QCOMPARE(rig.engine->summary().warnings.size(), 1);
    QVERIFY(rig.engine->summary().warnings[0].contains(u"tls.verify"));
}

QTEST_GUILESS_MAIN(TestTlsOrigin)
#include "tst_tlsorigin.moc"
