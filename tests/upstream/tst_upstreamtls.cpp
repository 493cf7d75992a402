// SPDX-License-Identifier: MIT
#include "core/net/streamreactor.h"
#include "core/support/deadline.h"
#include "core/tls/tlsconnector.h"
#include "core/upstream/cafile.h"
#include "core/upstream/sockettransport.h"
#include "recordingupstream.h"
#include "tests/net/testcertificates.h"

#include <QSslServer>
#include <QSslSocket>
#include <QTemporaryFile>
#include <QTest>

using namespace sallyport;
using namespace sallyport::test;

class TestUpstreamTls : public QObject {
    Q_OBJECT

    const CertifiedKey m_authority = makeAuthority("Company authority");
    SystemClock m_clock;
    DeadlineQueue m_deadlines{m_clock};
    std::unique_ptr<StreamReactor> m_reactor = makeStreamReactor(m_deadlines);
    TlsConnector m_connector{*m_reactor, m_deadlines};

    std::unique_ptr<UpstreamTransport> transportTo(quint16 port, const QByteArray& host,
                                                   std::vector<QSslCertificate> roots) {
        UpstreamTarget target;
        target.isTls = true;
        target.host = host;
        target.port = port;
        target.authority = host;
        SocketTransportOptions options;
        options.targets = {target};
        options.extraRoots = std::move(roots);
        return makeSocketTransport(m_connector, m_deadlines, std::move(options));
    }
    static UpstreamRequest asking() {
        UpstreamRequest request;
        request.method = "GET";
        request.target = "/";
        return request;
    }

private slots:
    void responsesComeOverTls_data() {
        QTest::addColumn<bool>("withRoot");
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<bool>("works");
        QTest::newRow("a trusted peer") << true << QByteArray("IP:127.0.0.1") << true;
        QTest::newRow("an unknown authority") << false << QByteArray("IP:127.0.0.1") << false;
        QTest::newRow("a certificate for another name")
            << true << QByteArray("DNS:b.test") << false;
    }
    void responsesComeOverTls() {
        QFETCH(bool, withRoot);
        QFETCH(QByteArray, names);
        QFETCH(bool, works);
        QSslServer server;
        server.setSslConfiguration(serverConfiguration(makeLeaf(m_authority, names)));
        server.listen(QHostAddress::LocalHost);
        int connections = 0;
        connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&] {
            ++connections;
            auto* const socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                if (socket->readAll().endsWith("\r\n\r\n"))
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            });
        });
        std::vector<QSslCertificate> roots;
        if (withRoot) roots.push_back(m_authority.toCertificate());
        const auto transport = transportTo(server.serverPort(), "127.0.0.1", roots);
        for (int i = 0; i < 3; ++i) {
            RecordingUpstream observer;
            const auto exchange = transport->start(asking(), observer);
            QTRY_VERIFY(observer.isOver);
            if (works) {
                QCOMPARE(observer.story(), QByteArray("connected, sent, head 200, body, complete"));
                QCOMPARE(observer.facts->isReused, i > 0);
                continue;
            }
            QCOMPARE(observer.story(), QByteArray("failed"));
            QCOMPARE(observer.error.code, ErrorCode::UpstreamTls);
            QVERIFY(observer.error.detail.contains(u"certificate"));
        }
        QCOMPARE(connections, works ? 1 : 0);
    }

    void aCaFileIsRead() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(m_authority.certificate + makeAuthority("Second").certificate);
        file.close();
        const auto certificates = readCaFile(file.fileName());
        QVERIFY(certificates);
        QCOMPARE(certificates->size(), 2U);
    }

    void aCaFileThatIsNoneIsRefusedByName() {
        const auto missing = readCaFile(QStringLiteral("/nowhere/ca.pem"));
        QVERIFY(!missing);
        QVERIFY(missing.error().contains(u"/nowhere/ca.pem"));
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("not a certificate");
        file.close();
        const auto empty = readCaFile(file.fileName());
        QVERIFY(!empty);
        QVERIFY(empty.error().contains(u"PEM"));
    }
};

QTEST_GUILESS_MAIN(TestUpstreamTls)
#include "tests/support/errornames.h"
#include "tst_upstreamtls.moc"
