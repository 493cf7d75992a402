// SPDX-License-Identifier: MIT
#include "core/doctor/gatewayprobe.h"
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "core/tls/tlsconnector.h"
#include "core/upstream/namedproxy.h"
#include "core/upstream/viaconnector.h"
#include "tests/net/testcertificates.h"

#include <QSignalSpy>
#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryFile>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

namespace {

using Step = GatewayStep::State;

/// Answers each request with the same response.
class Gateway {
public:
    explicit Gateway(std::unique_ptr<QTcpServer> tcp, QByteArray response)
        : server(std::move(tcp)) {
        server->listen(QHostAddress::LocalHost);
        QObject::connect(
            server.get(), &QTcpServer::pendingConnectionAvailable, server.get(), [this, response] {
                QTcpSocket* socket = server->nextPendingConnection();
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, response] {
                    socket->readAll();
                    socket->write(response);
                });
            });
    }
    std::unique_ptr<QTcpServer> server;
};

QByteArray modelList() {
    const QByteArray body = R"({"data":[{"id":"claude-a"}]})";
    return "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class GatewayProbeTest : public QObject {
    Q_OBJECT

    const CertifiedKey m_authority = makeAuthority("Company authority");
    SystemClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    std::unique_ptr<StreamReactor> m_reactor = makeStreamReactor(m_deadlines);
    ViaConnector m_via{*m_reactor, m_deadlines};
    TlsConnector m_connector{m_via, m_deadlines};

    GatewayReading probed(const UpstreamConfig& upstream,
                          const QByteArray& credential = "sk-very-secret-credential",
                          std::shared_ptr<OutboundProxies> proxies = nullptr) {
        GatewayProbe probe(m_connector, m_deadlines);
        QSignalSpy ended(&probe, &GatewayProbe::finished);
        probe.start(upstream, upstream.targets.front(), credential, std::move(proxies));
        if (ended.isEmpty()) ended.wait(15000);
        return ended.size() == 1 ? probe.reading() : GatewayReading();
    }
    static UpstreamConfig upstream(const QByteArray& host, quint16 port, bool isTls) {
        UpstreamConfig one;
        one.name = QStringLiteral("corp");
        UpstreamTarget target;
        target.isTls = isTls;
        target.host = host;
        target.port = port;
        target.authority = host + ':' + QByteArray::number(port);
        one.targets = {target};
        return one;
    }
    std::unique_ptr<QTcpServer> tlsServer(const QByteArray& names, Validity validity) {
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(serverConfiguration(makeLeaf(m_authority, names, validity)));
        return server;
    }

private slots:
    void aPlainGatewayPassesAllSteps() {
        const Gateway gateway(std::make_unique<QTcpServer>(), modelList());
        const auto reading = probed(upstream("127.0.0.1", gateway.server->serverPort(), false));
        QCOMPARE(reading.dns.state, Step::NotNeeded);
        QCOMPARE(reading.tcp.state, Step::Passed);
        QCOMPARE(reading.tls.state, Step::NotNeeded);
        QCOMPARE(reading.http.state, Step::Passed);
        QCOMPARE(reading.models.state, Step::Passed);
        QCOMPARE(reading.models.text, QStringLiteral("claude-a"));
        QCOMPARE(reading.theirTime->date(), QDate(1994, 11, 6));
        QVERIFY(reading.ourTime.isValid());
    }

    /// The gateway stands in for a proxy, which says the same to all.
    void itGoesByTheProxy() {
        const auto by = [](const Gateway& proxy) {
            const ProxyHop hop{"127.0.0.1", proxy.server->serverPort()};
            return std::make_shared<OutboundProxies>(std::make_shared<NamedProxy>(hop), "",
                                                     nullptr);
        };
        const auto nameOf = [](const Gateway& proxy) {
            return QStringLiteral("127.0.0.1:%1").arg(proxy.server->serverPort());
        };
        const Gateway open(std::make_unique<QTcpServer>(), modelList());
        const auto plain = probed(upstream("no-such-host.invalid", 80, false), {}, by(open));
        QCOMPARE(plain.dns.state, Step::NotNeeded);
        QVERIFY2(plain.tcp.state == Step::Passed, qPrintable(plain.tcp.text));
        QCOMPARE(plain.tcp.text, nameOf(open));
        QVERIFY2(plain.http.state == Step::Passed, qPrintable(plain.http.text));
        QVERIFY2(plain.http.text.contains(nameOf(open)), qPrintable(plain.http.text));
        const Gateway strict(std::make_unique<QTcpServer>(),
                             "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        const auto refused = probed(upstream("no-such-host.invalid", 443, true), {}, by(strict));
        QCOMPARE(refused.tcp.state, Step::Failed);
        QVERIFY2(refused.tcp.text.contains(
                     QStringLiteral("the proxy %1 will not connect").arg(nameOf(strict))),
                 qPrintable(refused.tcp.text));
    }

    void aTlsGatewayShowsItsChain_data() {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<Validity>("validity");
        QTest::addColumn<bool>("hasCaFile");
        QTest::addColumn<bool>("verifies");
        QTest::addColumn<QString>("failure");
        const QByteArray good = "IP:127.0.0.1";
        QTest::newRow("trusted by its CA file")
            << good << Validity::Now << true << true << QString();
        QTest::newRow("not trusted")
            << good << Validity::Now << false << true << QStringLiteral("tls.ca_file");
        QTest::newRow("for another name") << QByteArray("DNS:other.test") << Validity::Now << true
                                          << true << QStringLiteral("other.test");
        QTest::newRow("ended") << good << Validity::Ended << true << true
                               << QStringLiteral("expired");
        QTest::newRow("not looked at")
            << QByteArray("DNS:other.test") << Validity::Now << false << false << QString();
    }
    void aTlsGatewayShowsItsChain() {
        QFETCH(QByteArray, names);
        QFETCH(Validity, validity);
        QFETCH(bool, hasCaFile);
        QFETCH(bool, verifies);
        QFETCH(QString, failure);
        const Gateway gateway(tlsServer(names, validity), modelList());
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(m_authority.certificate);
        file.close();
        UpstreamConfig config = upstream("127.0.0.1", gateway.server->serverPort(), true);
        if (hasCaFile) config.caFile = file.fileName();
        config.verifyTls = verifies;
        const auto reading = probed(config);
        QCOMPARE(reading.tcp.state, Step::Passed);
        QVERIFY2(reading.tls.state == (failure.isEmpty() ? Step::Passed : Step::Failed),
                 qPrintable(reading.tls.text));
        if (failure.isEmpty()) {
            QVERIFY2(reading.tls.text.contains(QStringLiteral("leaf")) ||
                         reading.tls.text.contains(QStringLiteral("ends on")),
                     qPrintable(reading.tls.text));
            QCOMPARE(reading.http.state, Step::Passed);
        } else {
            QVERIFY2(reading.tls.text.contains(failure), qPrintable(reading.tls.text));
            QCOMPARE(reading.http.state, Step::NotReached);
        }
    }

    void aWayThatEndsIsNamedWhereItEnds() {
        quint16 closed = 0;
        {
            QTcpServer once;
            once.listen(QHostAddress::LocalHost);
            closed = once.serverPort();
        }
        const auto refused = probed(upstream("127.0.0.1", closed, true));
        QCOMPARE(refused.tcp.state, Step::Failed);
        QCOMPARE(refused.tls.state, Step::NotReached);
        const auto unknown = probed(upstream("no-such-host.invalid", 443, true));
        QCOMPARE(unknown.dns.state, Step::Failed);
        QVERIFY(unknown.dns.text.contains(QStringLiteral("no-such-host.invalid")));
        QCOMPARE(unknown.tcp.state, Step::NotReached);
        const Gateway refusing(std::make_unique<QTcpServer>(),
                               "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        const auto credential = probed(upstream("127.0.0.1", refusing.server->serverPort(), false));
        QCOMPARE(credential.http.state, Step::Failed);
        QVERIFY(credential.http.text.contains(QStringLiteral("credential")));
        QVERIFY(!credential.http.text.contains(QStringLiteral("very-secret")));
        QCOMPARE(credential.models.state, Step::NotReached);
    }

    void aCredentialThatWasNotThereIsNamed_data() {
        QTest::addColumn<CredentialSource::Kind>("kind");
        QTest::addColumn<Step>("step");
        QTest::addColumn<QString>("says");
        QTest::newRow("none is set")
            << CredentialSource::Kind::None << Step::Failed << QStringLiteral("enter one");
        QTest::newRow("a variable that is not set")
            << CredentialSource::Kind::Environment << Step::Failed << QStringLiteral("CORP_KEY");
        QTest::newRow("a keychain is not asked")
            << CredentialSource::Kind::Keychain << Step::Passed << QStringLiteral("not read");
    }
    void aCredentialThatWasNotThereIsNamed() {
        QFETCH(CredentialSource::Kind, kind);
        QFETCH(Step, step);
        QFETCH(QString, says);
        const Gateway refusing(std::make_unique<QTcpServer>(),
                               "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        UpstreamConfig config = upstream("127.0.0.1", refusing.server->serverPort(), false);
        CredentialSource source;
        source.kind = kind;
        source.name = QStringLiteral("CORP_KEY");
        config.credentials = {source};
        const auto reading = probed(config, {});
        QCOMPARE(reading.http.state, step);
        QVERIFY2(reading.http.text.contains(says), qPrintable(reading.http.text));
    }

    /// Its list of models is for anybody; requests would get 502 here.
    void aCredentialThatIsMissingIsNoSuccessAtAGatewayThatAsksForNone() {
        const Gateway open(std::make_unique<QTcpServer>(), modelList());
        UpstreamConfig config = upstream("127.0.0.1", open.server->serverPort(), false);
        QCOMPARE(probed(config, {}).http.state, Step::Passed);
        CredentialSource source;
        source.kind = CredentialSource::Kind::File;
        source.name = QStringLiteral("/nonexistent/corp.key");
        config.credentials = {source};
        const auto reading = probed(config, {});
        QCOMPARE(reading.http.state, Step::Failed);
        QVERIFY2(reading.http.text.contains(source.name), qPrintable(reading.http.text));
    }

    void aCaFileThatIsNotThereIsNamed() {
        const Gateway gateway(tlsServer("IP:127.0.0.1", Validity::Now), modelList());
        UpstreamConfig config = upstream("127.0.0.1", gateway.server->serverPort(), true);
        config.caFile = QStringLiteral("/nonexistent/ca.pem");
        const auto reading = probed(config);
        QCOMPARE(reading.tls.state, Step::Failed);
        QVERIFY(reading.tls.text.contains(config.caFile));
    }

    void aGatewayThatAsksForACertificateGetsIt() {
        const CertifiedKey own = makeLeaf(m_authority, "DNS:me.test");
        QSslConfiguration wanted = serverConfiguration(makeLeaf(m_authority, "IP:127.0.0.1"));
        wanted.setPeerVerifyMode(QSslSocket::VerifyPeer);
        wanted.setCaCertificates({m_authority.toCertificate()});
        auto server = std::make_unique<QSslServer>();
        server->setSslConfiguration(wanted);
        const Gateway gateway(std::move(server), modelList());
        QTemporaryFile ca, both;
        QVERIFY(ca.open() && both.open());
        ca.write(m_authority.certificate);
        both.write(own.key + own.certificate);
        ca.close();
        both.close();
        UpstreamConfig config = upstream("127.0.0.1", gateway.server->serverPort(), true);
        config.caFile = ca.fileName();
        QVERIFY(probed(config).http.state != Step::Passed);
        config.certFile = both.fileName();
        const auto reading = probed(config);
        QVERIFY2(reading.http.state == Step::Passed, qPrintable(reading.http.text));
        config.keyFile = QStringLiteral("/nonexistent/me.key");
        QVERIFY(probed(config).tls.text.contains(config.keyFile));
    }

    void lettingGoEndsWhatIsUnderWay() {
        // Accepts, and says nothing.
        QTcpServer silent;
        silent.listen(QHostAddress::LocalHost);
        auto probe = std::make_unique<GatewayProbe>(m_connector, m_deadlines);
        QSignalSpy ended(probe.get(), &GatewayProbe::finished);
        QSignalSpy accepted(&silent, &QTcpServer::newConnection);
        const auto config = upstream("127.0.0.1", silent.serverPort(), false);
        probe->start(config, config.targets.front(), {}, nullptr);
        QVERIFY(accepted.wait());
        probe.reset();
        QVERIFY(ended.isEmpty());
    }
};

QTEST_GUILESS_MAIN(GatewayProbeTest)
#include "tst_gatewayprobe.moc"
