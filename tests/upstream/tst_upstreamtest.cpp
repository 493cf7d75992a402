// SPDX-License-Identifier: MIT
#include "core/upstream/upstreamtest.h"

#include "core/net/streamreactor.h"
#include "core/tls/tlsconnector.h"
#include "core/upstream/namedproxy.h"
#include "core/upstream/viaconnector.h"
#include "http2origin.h"
#include "tests/net/testcertificates.h"

#include <QSignalSpy>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>

#include <map>
#include <optional>

using namespace sallyport;
using namespace sallyport::test;

namespace {

/// Answers by path; keeps what was asked.
class ScriptedGateway {
public:
    explicit ScriptedGateway(std::unique_ptr<QTcpServer> tcp = std::make_unique<QTcpServer>())
        : server(std::move(tcp)) {
        server->listen(QHostAddress::LocalHost);
        QObject::connect(server.get(), &QTcpServer::pendingConnectionAvailable, server.get(),
                         [this] { serve(*server->nextPendingConnection()); });
    }
    [[nodiscard]] QUrl url(const QString& scheme = QStringLiteral("http")) const {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(server->serverPort()));
    }

    std::unique_ptr<QTcpServer> server;
    std::map<QByteArray, QByteArray> answers; ///< by path; anything else is 404
    QByteArrayList asked;

private:
    void serve(QTcpSocket& socket) {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this, &socket] {
            const QByteArray request = socket.readAll();
            asked.append(request);
            const auto at = answers.find(request.split(' ').value(1));
            socket.write(at != answers.end()
                             ? at->second
                             : QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        });
    }
};

QByteArray json(const QByteArray& status, const QByteArray& body) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// What a test is made by.
struct Bench {
    SystemClock clock;
    DeadlineQueue deadlines{clock};
    std::unique_ptr<StreamReactor> reactor = makeStreamReactor(deadlines);
    ViaConnector via{*reactor, deadlines};
    TlsConnector connector{via, deadlines};
    UpstreamTest test{connector, deadlines};
};

UpstreamTestResult run(const UpstreamTestRequest& request,
                       std::shared_ptr<OutboundProxies> proxies = nullptr) {
    Bench bench;
    QSignalSpy spy(&bench.test, &UpstreamTest::finished);
    bench.test.start(request, std::move(proxies));
    if (spy.isEmpty()) spy.wait(8000);
    if (spy.isEmpty()) return {};
    return spy.first().first().value<UpstreamTestResult>();
}

constexpr const char* kSecret = "sk-test-very-secret";

} // namespace

class TestUpstreamTest : public QObject {
    Q_OBJECT

private slots:
    void judgesWhatAnswers_data() {
        using V = UpstreamTestVerdict;
        QTest::addColumn<QByteArray>("models");
        QTest::addColumn<QByteArray>("count");
        QTest::addColumn<UpstreamTestVerdict>("verdict");
        QTest::addColumn<int>("status");
        const QByteArray none;
        QTest::newRow("a list of models works")
            << json("200 OK", R"({"data":[{"id":"claude-a"},{"id":"claude-b"}]})") << none
            << V::Works << 200;
        QTest::newRow("a token count works too")
            << none << json("200 OK", R"({"input_tokens":8})") << V::Works << 200;
        QTest::newRow("an error in the form of the Messages API is a gateway")
            << none
            << json("404 Not Found",
                    R"({"type":"error","error":{"type":"not_found_error","message":"model"}})")
            << V::Works << 404;
        QTest::newRow("401 is a refused credential")
            << json("401 Unauthorized", "{}") << none << V::CredentialRefused << 401;
        QTest::newRow("403 to the count is a refused credential")
            << none << json("403 Forbidden", "{}") << V::CredentialRefused << 403;
        QTest::newRow("a web page is no gateway")
            << json("200 OK", "<html>hello</html>") << none << V::NotMessagesApi << 404;
        const QByteArray deep =
            R"({"data":)" + QByteArray(100000, '[') + QByteArray(100000, ']') + '}';
        QTest::newRow("a list of models a hundred thousand levels deep is not read")
            << json("200 OK", deep) << json("200 OK", deep) << V::NotMessagesApi << 200;
        QTest::newRow("a redirect is not followed")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n")
            << V::NotMessagesApi << 302;
    }
    void judgesWhatAnswers() {
        QFETCH(QByteArray, models);
        QFETCH(QByteArray, count);
        QFETCH(UpstreamTestVerdict, verdict);
        QFETCH(int, status);
        ScriptedGateway gateway;
        if (!models.isEmpty()) gateway.answers["/v1/models"] = models;
        if (!count.isEmpty()) gateway.answers["/v1/messages/count_tokens"] = count;
        UpstreamTestRequest request;
        request.url = gateway.url();
        request.credential = QString::fromLatin1(kSecret);
        const UpstreamTestResult result = run(request);
        QCOMPARE(result.verdict, verdict);
        QCOMPARE(result.status, status);
        QVERIFY(!result.detail.isEmpty());
        QVERIFY(!result.detail.contains(QLatin1String(kSecret)));
        for (const QByteArray& asked : gateway.asked)
            QVERIFY(!asked.contains("/login"));
        if (models.contains("claude-a"))
            QCOMPARE(result.models,
                     QStringList({QStringLiteral("claude-a"), QStringLiteral("claude-b")}));
    }

    void speaksHttp2WhereTheUpstreamDoes() {
        Http2Origin origin;
        UpstreamTestRequest request;
        request.url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(origin.port()));
        request.usesHttp2 = true;
        Bench bench;
        QSignalSpy spy(&bench.test, &UpstreamTest::finished);
        bench.test.start(request, nullptr);
        QVERIFY(QTest::qWaitFor([&] {
            origin.step();
            return origin.hasWhole(1);
        }));
        QCOMPARE(origin.request(0).path, QByteArray("/v1/models"));
        origin.head(0, 200, {}, false);
        origin.body(0, R"({"data":[{"id":"claude-a"}]})");
        origin.end(0, {});
        QVERIFY(QTest::qWaitFor([&] {
            origin.step();
            return !spy.isEmpty();
        }));
        const auto result = spy.first().first().value<UpstreamTestResult>();
        QCOMPARE(result.verdict, UpstreamTestVerdict::Works);
        QCOMPARE(result.way, QStringLiteral("HTTP/2"));
    }

    void sendsTheCredentialAsWanted_data() {
        QTest::addColumn<CredentialForm>("form");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("as a bearer token")
            << CredentialForm::Bearer
            << QByteArray("Authorization: Bearer sk-test-very-secret\r\n");
        QTest::newRow("as x-api-key")
            << CredentialForm::XApiKey << QByteArray("x-api-key: sk-test-very-secret\r\n");
    }
    void sendsTheCredentialAsWanted() {
        QFETCH(CredentialForm, form);
        QFETCH(QByteArray, line);
        ScriptedGateway gateway;
        gateway.answers["/base/v1/models"] = json("200 OK", R"({"data":[]})");
        UpstreamTestRequest request;
        request.url = gateway.url();
        request.url.setPath(QStringLiteral("/base/"));
        request.credential = QString::fromLatin1(kSecret);
        request.credentialAs = form;
        QCOMPARE(run(request).verdict, UpstreamTestVerdict::Works);
        QVERIFY(gateway.asked.first().contains(line));
    }

    void refusesWhatIsNoBaseUrl_data() {
        QTest::addColumn<QString>("url");
        for (const char* url : {"", "gateway", "ftp://gateway.test", "http://", "http://u:p@host/",
                                "http://host/?q=1", "http://host/#part"})
            QTest::addRow("'%s'", url) << QString::fromLatin1(url);
    }
    void refusesWhatIsNoBaseUrl() {
        QFETCH(QString, url);
        UpstreamTestRequest request;
        request.url = QUrl(url);
        QCOMPARE(run(request).verdict, UpstreamTestVerdict::BadUrl);
    }

    void aClosedPortIsUnreachable() {
        UpstreamTestRequest request;
        {
            ScriptedGateway gateway;
            request.url = gateway.url();
        }
        const auto result = run(request);
        QCOMPARE(result.verdict, UpstreamTestVerdict::Unreachable);
        QCOMPARE(result.status, 0);
        QVERIFY(result.detail.contains(request.url.authority()));
    }

    void aTlsGatewayNeedsItsCaFile() {
        const CertifiedKey authority = makeAuthority("Company authority");
        auto tls = std::make_unique<QSslServer>();
        tls->setSslConfiguration(
            serverConfiguration(makeLeaf(authority, "DNS:localhost,IP:127.0.0.1")));
        ScriptedGateway gateway(std::move(tls));
        gateway.answers["/v1/models"] = json("200 OK", R"({"data":[{"id":"m"}]})");
        UpstreamTestRequest request;
        request.url = gateway.url(QStringLiteral("https"));
        QCOMPARE(run(request).verdict, UpstreamTestVerdict::TlsUntrusted);
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(authority.certificate);
        file.close();
        request.caFile = file.fileName();
        const auto result = run(request);
        QVERIFY2(result.verdict == UpstreamTestVerdict::Works, qPrintable(result.detail));
        request.caFile = QStringLiteral("/nowhere/ca.pem");
        const auto refused = run(request);
        QCOMPARE(refused.verdict, UpstreamTestVerdict::TlsUntrusted);
        QVERIFY(refused.detail.contains(request.caFile));
    }

    void aGatewayThatAsksForACertificateGetsIt() {
        const CertifiedKey authority = makeAuthority("Company authority");
        const CertifiedKey own = makeLeaf(authority, "DNS:me.test");
        QSslConfiguration wanted = serverConfiguration(makeLeaf(authority, "IP:127.0.0.1"));
        wanted.setPeerVerifyMode(QSslSocket::VerifyPeer);
        wanted.setCaCertificates({authority.toCertificate()});
        auto tls = std::make_unique<QSslServer>();
        tls->setSslConfiguration(wanted);
        ScriptedGateway gateway(std::move(tls));
        gateway.answers["/v1/models"] = json("200 OK", R"({"data":[{"id":"m"}]})");
        const auto write = [](QTemporaryFile& file, const QByteArray& content) {
            if (file.open()) file.write(content);
            file.close();
            return file.fileName();
        };
        QTemporaryFile ca, certificate, key;
        UpstreamTestRequest request;
        request.url = gateway.url(QStringLiteral("https"));
        request.caFile = write(ca, authority.certificate);
        QVERIFY(run(request).verdict != UpstreamTestVerdict::Works);
        request.certFile = write(certificate, own.certificate);
        request.keyFile = write(key, own.key);
        const auto result = run(request);
        QVERIFY2(result.verdict == UpstreamTestVerdict::Works, qPrintable(result.detail));
        request.keyFile = request.caFile;
        const auto refused = run(request);
        QCOMPARE(refused.verdict, UpstreamTestVerdict::TlsUntrusted);
        QVERIFY(refused.detail.contains(request.certFile));
    }

    void aNewTestReplacesTheOneBefore() {
        ScriptedGateway gateway;
        gateway.answers["/v1/models"] = json("200 OK", R"({"data":[]})");
        Bench bench;
        QSignalSpy spy(&bench.test, &UpstreamTest::finished);
        UpstreamTestRequest request;
        request.url = QUrl(QStringLiteral("nonsense"));
        bench.test.start(request, nullptr);
        request.url = gateway.url();
        bench.test.start(request, nullptr);
        QVERIFY(spy.wait());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<UpstreamTestResult>().verdict,
                 UpstreamTestVerdict::Works);
    }

    void theTimeOfTheResponseIsTold_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QDateTime>("date");
        QTest::newRow("IMF-fixdate") << QByteArray("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
                                     << QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC);
        QTest::newRow("no field") << QByteArray() << QDateTime();
        QTest::newRow("something else") << QByteArray("Date: today\r\n") << QDateTime();
    }
    void theTimeOfTheResponseIsTold() {
        QFETCH(QByteArray, field);
        QFETCH(QDateTime, date);
        ScriptedGateway gateway;
        gateway.answers["/v1/models"] =
            json("200 OK", R"({"data":[]})")
                .replace("Content-Type", QByteArray(field + "Content-Type"));
        UpstreamTestRequest request;
        request.url = gateway.url();
        const auto result = run(request);
        QCOMPARE(result.date.isValid(), date.isValid());
        if (date.isValid()) QCOMPARE(result.date, date);
    }

    void aCredentialWithALineBreakIsNotSent() {
        ScriptedGateway gateway;
        UpstreamTestRequest request;
        request.url = gateway.url();
        request.credential = QStringLiteral("key\r\nX-More: 1");
        QCOMPARE(run(request).verdict, UpstreamTestVerdict::CredentialRefused);
        QVERIFY(gateway.asked.isEmpty());
    }

    void itGoesByTheProxy_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("path"); ///< for which the proxy has an answer of its own
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<UpstreamTestVerdict>("verdict");
        QTest::addColumn<QString>("says"); ///< PROXY is its address
        using V = UpstreamTestVerdict;
        QTest::newRow("in absolute-form")
            << QStringLiteral("http://origin.test/base")
            << QByteArray("http://origin.test/base/v1/models")
            << json("200 OK", R"({"data":[{"id":"m"}]})") << V::Works
            << QStringLiteral("took the credential. The way there: PROXY.");
        QTest::newRow("by CONNECT, which it refuses")
            << QStringLiteral("https://origin.test") << QByteArray("origin.test:443")
            << QByteArray("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n") << V::Unreachable
            << QStringLiteral("the proxy PROXY will not connect to origin.test:443 (403 No)");
        QTest::newRow("by CONNECT, and it wants a login")
            << QStringLiteral("https://origin.test") << QByteArray("origin.test:443")
            << QByteArray("HTTP/1.1 407 L\r\nProxy-Authenticate: Basic realm=r\r\n"
                          "Content-Length: 0\r\n\r\n")
            << V::Unreachable << QStringLiteral("the proxy PROXY asks for a login by Basic");
        QTest::newRow("it is no proxy")
            << QStringLiteral("https://origin.test") << QByteArray("origin.test:443")
            << QByteArray("SSH-2.0-x\r\n\r\n") << V::Unreachable
            << QStringLiteral("the proxy PROXY does not speak HTTP");
    }
    void itGoesByTheProxy() {
        QFETCH(QString, url);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, answer);
        QFETCH(UpstreamTestVerdict, verdict);
        QFETCH(QString, says);
        ScriptedGateway proxy;
        proxy.answers[path] = answer;
        UpstreamTestRequest request;
        request.url = QUrl(url);
        const ProxyHop hop{"127.0.0.1", proxy.server->serverPort()};
        const auto result =
            run(request,
                std::make_shared<OutboundProxies>(std::make_shared<NamedProxy>(hop), "", nullptr));
        QCOMPARE(result.verdict, verdict);
        says.replace(QLatin1String("PROXY"), proxy.url().authority());
        QVERIFY2(result.detail.contains(says), qPrintable(result.detail));
        QCOMPARE(result.way.isEmpty(), verdict != UpstreamTestVerdict::Works);
    }

    void aCancelledTestSaysNothing() {
        ScriptedGateway gateway;
        Bench bench;
        QSignalSpy spy(&bench.test, &UpstreamTest::finished);
        UpstreamTestRequest request;
        request.url = gateway.url();
        bench.test.start(request, nullptr);
        bench.test.cancel();
        QVERIFY(!spy.wait(100));
    }
};

QTEST_GUILESS_MAIN(TestUpstreamTest)
#include "tst_upstreamtest.moc"
