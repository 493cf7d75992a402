// SPDX-License-Identifier: MIT
#include "core/upstream/connectiontest.h"

#include "core/support/deferred.h"
#include "core/upstream/sockettransport.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kTimeout{10000};
/// More of an answer is not looked at; a model list is a few KiB.
constexpr qint64 kMaxAnswerBytes = 1024 * 1024;

bool isBase(const QUrl& url) {
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery() &&
           !url.hasFragment() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

QUrl under(const QUrl& base, QLatin1String path) {
    QUrl url = base;
    QString start = base.path();
    while (start.endsWith(u'/'))
        start.chop(1);
    url.setPath(start + path);
    return url;
}

QStringList modelIds(const QJsonObject& answer) {
    QStringList ids;
    const QJsonArray models = answer.value(QLatin1String("data")).toArray();
    for (const QJsonValue model : models) {
        const QString id = model[QLatin1String("id")].toString();
        if (!id.isEmpty()) ids.append(id);
    }
    return ids;
}

/// A refusal in the Messages API's form: {"type":"error","error":{…}}.
bool isMessagesError(const QJsonObject& answer) {
    return answer.value(QLatin1String("type")) == QLatin1String("error") &&
           answer.value(QLatin1String("error")).isObject();
}

} // namespace

/// One test under way: a model list, and a token count where there is none.
class ConnectionTest::Run {
public:
    Run(ConnectionTest& test, ConnectionTestRequest request)
        : m_test(test)
        , m_serial(test.m_serial)
        , m_request(std::move(request))
        , m_network(new QNetworkAccessManager) {
        m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_since.start();
    }
    ~Run() { dropReply(); }

    void begin();

private:
    [[nodiscard]] bool prepareTls();
    void askForModels();
    [[nodiscard]] QNetworkRequest prepared(QLatin1String path) const;
    void follow(QNetworkReply* reply, bool isFallback);
    void answered(bool isFallback);
    void judgeModels(int status, const QJsonObject& answer);
    void judgeCount(int status, const QJsonObject& answer);
    void judgeFailure();
    void refused(int status);
    void end(ConnectionTestVerdict verdict, int status, const QString& detail,
             const QStringList& models = {});
    void dropReply();
    [[nodiscard]] QString host() const { return m_request.url.authority(); }

    ConnectionTest& m_test;
    quint64 m_serial;
    ConnectionTestRequest m_request;
    Deferred<QNetworkAccessManager> m_network;
    QSslConfiguration m_tls;
    bool m_isOnFileRoots = false;
    Deferred<QNetworkReply> m_reply;
    QElapsedTimer m_since;
};

void ConnectionTest::Run::begin() {
    if (!isBase(m_request.url)) {
        end(ConnectionTestVerdict::BadUrl, 0,
            ConnectionTest::tr("This is not the base address of a gateway; one looks like "
                               "https://gateway.example/path."));
        return;
    }
    if (m_request.url.scheme() == QLatin1String("https") && !prepareTls()) return;
    askForModels();
}

bool ConnectionTest::Run::prepareTls() {
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setPeerVerifyMode(m_request.verifyTls ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (m_request.caFile.isEmpty() || !m_request.verifyTls) return true;
    const auto roots = readCaFile(m_request.caFile);
    if (!roots) {
        end(ConnectionTestVerdict::TlsUntrusted, 0, roots.error());
        return false;
    }
    // First the file's alone, then the system's: reading both together would hold the thread up.
    m_tls.setCaCertificates(QList<QSslCertificate>(roots->begin(), roots->end()));
    m_isOnFileRoots = true;
    return true;
}

void ConnectionTest::Run::askForModels() {
    follow(m_network->get(prepared(QLatin1String("/v1/models"))), false);
}

QNetworkRequest ConnectionTest::Run::prepared(QLatin1String path) const {
    QNetworkRequest request(under(m_request.url, path));
    if (m_request.url.scheme() == QLatin1String("https")) request.setSslConfiguration(m_tls);
    request.setTransferTimeout(static_cast<int>(kTimeout.count()));
    // As the data path speaks it, so that what works here works there.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("User-Agent", "sallyport/" SALLYPORT_VERSION);
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("anthropic-version", "2023-06-01");
    if (m_request.credential.isEmpty()) return request;
    const QByteArray credential = m_request.credential.toUtf8();
    if (m_request.credentialAs == CredentialForm::XApiKey)
        request.setRawHeader("x-api-key", credential);
    else
        request.setRawHeader("Authorization", "Bearer " + credential);
    return request;
}

void ConnectionTest::Run::follow(QNetworkReply* reply, bool isFallback) {
    m_reply.reset(reply);
    reply->setReadBufferSize(kMaxAnswerBytes);
    QObject::connect(reply, &QNetworkReply::finished, reply,
                     [this, isFallback] { answered(isFallback); });
}

void ConnectionTest::Run::answered(bool isFallback) {
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0) {
        judgeFailure();
        return;
    }
    if (status == 401 || status == 403) {
        refused(status);
        return;
    }
    const QJsonObject answer = QJsonDocument::fromJson(m_reply->read(kMaxAnswerBytes)).object();
    if (isFallback)
        judgeCount(status, answer);
    else
        judgeModels(status, answer);
}

void ConnectionTest::Run::judgeModels(int status, const QJsonObject& answer) {
    if (status == 200 && answer.value(QLatin1String("data")).isArray()) {
        const QStringList models = modelIds(answer);
        end(ConnectionTestVerdict::Works, status,
            ConnectionTest::tr("%1 answered and took the credential.").arg(host()), models);
        return;
    }
    // Many gateways have no model list; a token count costs nothing either.
    follow(m_network->post(prepared(QLatin1String("/v1/messages/count_tokens")),
                           QByteArrayLiteral("{\"model\":\"claude-sonnet-4-5\",\"messages\":"
                                             "[{\"role\":\"user\",\"content\":\"hello\"}]}")),
           true);
}

void ConnectionTest::Run::judgeCount(int status, const QJsonObject& answer) {
    if (status == 200 && answer.contains(QLatin1String("input_tokens"))) {
        end(ConnectionTestVerdict::Works, status,
            ConnectionTest::tr("%1 answered and took the credential; it has no list of models.")
                .arg(host()));
        return;
    }
    if (isMessagesError(answer)) {
        end(ConnectionTestVerdict::Works, status,
            ConnectionTest::tr("%1 answers in the form of the Messages API (status %2).")
                .arg(host())
                .arg(status));
        return;
    }
    if (status >= 300 && status < 400) {
        end(ConnectionTestVerdict::AnswersOtherwise, status,
            ConnectionTest::tr(
                "%1 redirects to another address; enter the address that it leads to.")
                .arg(host()));
        return;
    }
    if (under(m_request.url, QLatin1String()).path().endsWith(QLatin1String("/v1"))) {
        end(ConnectionTestVerdict::AnswersOtherwise, status,
            ConnectionTest::tr("Leave /v1 off the end of the address: it is added by itself."));
        return;
    }
    end(ConnectionTestVerdict::AnswersOtherwise, status,
        ConnectionTest::tr(
            "%1 speaks HTTP but not the Messages API (status %2); check the path of the address.")
            .arg(host())
            .arg(status));
}

void ConnectionTest::Run::refused(int status) {
    const QString what =
        m_request.credential.isEmpty()
            ? ConnectionTest::tr("%1 wants a credential (status %2); enter one.")
            : ConnectionTest::tr(
                  "%1 refused the credential (status %2); check the key and how it is sent.");
    end(ConnectionTestVerdict::CredentialRefused, status, what.arg(host()).arg(status));
}

void ConnectionTest::Run::judgeFailure() {
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::SslHandshakeFailedError && m_isOnFileRoots) {
        m_isOnFileRoots = false;
        m_tls = QSslConfiguration::defaultConfiguration();
        askForModels();
        return;
    }
    if (error == QNetworkReply::SslHandshakeFailedError) {
        end(ConnectionTestVerdict::TlsUntrusted, 0,
            ConnectionTest::tr(
                "The certificate of %1 is not trusted: %2. A CA file of your company may be "
                "needed.")
                .arg(host(), m_reply->errorString()));
        return;
    }
    if (error == QNetworkReply::HostNotFoundError) {
        end(ConnectionTestVerdict::Unreachable, 0,
            ConnectionTest::tr(
                "No address is known for %1; check the name and whether a VPN is needed.")
                .arg(m_request.url.host()));
        return;
    }
    if (error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError) {
        end(ConnectionTestVerdict::Unreachable, 0,
            ConnectionTest::tr("%1 did not answer within %2 seconds.")
                .arg(host())
                .arg(kTimeout.count() / 1000));
        return;
    }
    if (error == QNetworkReply::ConnectionRefusedError) {
        end(ConnectionTestVerdict::Unreachable, 0,
            ConnectionTest::tr("Nothing listens at %1; check the host and the port.").arg(host()));
        return;
    }
    end(ConnectionTestVerdict::Unreachable, 0,
        ConnectionTest::tr("%1 cannot be reached: %2").arg(host(), m_reply->errorString()));
}

void ConnectionTest::Run::end(ConnectionTestVerdict verdict, int status, const QString& detail,
                              const QStringList& models) {
    ConnectionTestResult result;
    result.verdict = verdict;
    result.status = status;
    result.took = std::chrono::milliseconds(m_since.elapsed());
    result.detail = detail;
    result.models = models;
    dropReply();
    // Queued: a test that ends inside start() would surprise whoever called it.
    QMetaObject::invokeMethod(
        &m_test, [test = &m_test, serial = m_serial, result] { test->runEnded(serial, result); },
        Qt::QueuedConnection);
}

void ConnectionTest::Run::dropReply() {
    if (!m_reply) return;
    // abort() would emit finished() inside the call.
    m_reply->disconnect();
    m_reply->abort();
    m_reply.reset();
}

ConnectionTest::ConnectionTest(QObject* parent)
    : QObject(parent) {}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const ConnectionTestRequest& request) {
    cancel();
    m_run = std::make_unique<Run>(*this, request);
    m_run->begin();
}

void ConnectionTest::cancel() {
    ++m_serial;
    m_run.reset();
}

void ConnectionTest::runEnded(quint64 serial, const ConnectionTestResult& result) {
    if (serial != m_serial) return;
    m_run.reset();
    emit finished(result);
}

} // namespace sallyport
