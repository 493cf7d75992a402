// SPDX-License-Identifier: MIT
#include "core/upstream/upstreamtest.h"

#include "core/support/deferred.h"
#include "core/support/regularfile.h"
#include "core/support/visibletext.h"
#include "core/upstream/cafile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslKey>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kTimeout{10000};
/// More of a response is not looked at; a model list is a few KiB.
constexpr qint64 kMaxResponseBytes = 1024 * 1024;

bool isBase(const QUrl& url) {
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery() &&
           !url.hasFragment() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

QUrl withPath(const QUrl& base, QLatin1String path) {
    QUrl url = base;
    QString start = base.path();
    while (start.endsWith(u'/'))
        start.chop(1);
    url.setPath(start + path);
    return url;
}

QStringList modelIds(const QJsonObject& content) {
    QStringList ids;
    const QJsonArray models = content.value(QLatin1String("data")).toArray();
    for (const QJsonValue model : models) {
        const QString id = model[QLatin1String("id")].toString();
        if (!id.isEmpty()) ids.append(id);
    }
    return ids;
}

/// The time of a Date field, of which only the form IMF-fixdate is sent today (RFC 9110 5.6.7).
QDateTime dateOf(const QNetworkReply& reply) {
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(reply.rawHeader("Date")),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    date.setTimeSpec(Qt::UTC);
    return date;
}

/// What the server showed of itself.
void addChain(const QNetworkReply& reply, UpstreamTestResult& result) {
    const auto chain = reply.sslConfiguration().peerCertificateChain();
    for (const QSslCertificate& one : chain) {
        const QString name = one.subjectDisplayName();
        constexpr qsizetype kMaxName = 100;
        result.chain << visibleText(name.left(kMaxName));
        if (!result.chainEnd.isValid() || one.expiryDate() < result.chainEnd)
            result.chainEnd = one.expiryDate();
    }
}

/// A refusal in the Messages API's form: {"type":"error","error":{…}}.
bool isMessagesError(const QJsonObject& content) {
    return content.value(QLatin1String("type")) == QLatin1String("error") &&
           content.value(QLatin1String("error")).isObject();
}

} // namespace

/// One test under way: a model list, and a token count where there is none.
class UpstreamTest::Run {
public:
    Run(UpstreamTest& test, UpstreamTestRequest request)
        : m_test(test)
        , m_serial(test.m_serial)
        , m_request(std::move(request))
        , m_network(new QNetworkAccessManager) {
        m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
    ~Run() { dropReply(); }

    void begin();

private:
    [[nodiscard]] bool prepareTls();
    [[nodiscard]] bool useOwnCertificate();
    void askForModels();
    [[nodiscard]] QNetworkRequest prepared(QLatin1String path) const;
    void watch(QNetworkReply* reply, bool isFallback);
    void replyFinished(bool isFallback);
    void modelsReceived(int status, const QJsonObject& content);
    void countReceived(int status, const QJsonObject& content);
    void noResponse();
    void credentialRefused(int status);
    void end(UpstreamTestVerdict verdict, int status, const QString& detail,
             const QStringList& models = {});
    void dropReply();
    [[nodiscard]] QString host() const { return m_request.url.authority(); }

    UpstreamTest& m_test;
    quint64 m_serial;
    UpstreamTestRequest m_request;
    Deferred<QNetworkAccessManager> m_network;
    QSslConfiguration m_tls;
    bool m_isOnFileRoots = false;
    Deferred<QNetworkReply> m_reply;
};

void UpstreamTest::Run::begin() {
    if (!isBase(m_request.url)) {
        end(UpstreamTestVerdict::BadUrl, 0,
            UpstreamTest::tr("This is not the base address of a gateway; one looks like "
                             "https://gateway.example/path."));
        return;
    }
    if (m_request.url.scheme() == QLatin1String("https") && !prepareTls()) return;
    askForModels();
}

bool UpstreamTest::Run::prepareTls() {
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setPeerVerifyMode(m_request.verifyTls ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (!m_request.certFile.isEmpty() && !useOwnCertificate()) return false;
    if (m_request.caFile.isEmpty() || !m_request.verifyTls) return true;
    const auto roots = readCaFile(m_request.caFile);
    if (!roots) {
        end(UpstreamTestVerdict::TlsUntrusted, 0, roots.error());
        return false;
    }
    // First the file's alone, then the system's: reading both together would hold the thread up.
    m_tls.setCaCertificates(QList<QSslCertificate>(roots->begin(), roots->end()));
    m_isOnFileRoots = true;
    return true;
}

bool UpstreamTest::Run::useOwnCertificate() {
    constexpr qsizetype kMaxBytes = qsizetype{1024} * 1024;
    const QString& keyFile = m_request.keyFile.isEmpty() ? m_request.certFile : m_request.keyFile;
    const auto chain = readRegularFile(m_request.certFile, kMaxBytes);
    const auto key = readRegularFile(keyFile, kMaxBytes);
    if (chain && key) {
        m_tls.setLocalCertificateChain(QSslCertificate::fromData(*chain, QSsl::Pem));
        for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec})
            if (const QSslKey own(*key, algorithm); !own.isNull()) m_tls.setPrivateKey(own);
        if (!m_tls.localCertificate().isNull() && !m_tls.privateKey().isNull()) return true;
    }
    end(UpstreamTestVerdict::TlsUntrusted, 0,
        UpstreamTest::tr("The client certificate %1 or its key cannot be used.")
            .arg(m_request.certFile));
    return false;
}

void UpstreamTest::Run::askForModels() {
    watch(m_network->get(prepared(QLatin1String("/v1/models"))), false);
}

QNetworkRequest UpstreamTest::Run::prepared(QLatin1String path) const {
    QNetworkRequest request(withPath(m_request.url, path));
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

void UpstreamTest::Run::watch(QNetworkReply* reply, bool isFallback) {
    m_reply.reset(reply);
    reply->setReadBufferSize(kMaxResponseBytes);
    QObject::connect(reply, &QNetworkReply::finished, reply,
                     [this, isFallback] { replyFinished(isFallback); });
}

void UpstreamTest::Run::replyFinished(bool isFallback) {
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0) {
        noResponse();
        return;
    }
    if (status == 401 || status == 403) {
        credentialRefused(status);
        return;
    }
    const QJsonObject content = QJsonDocument::fromJson(m_reply->read(kMaxResponseBytes)).object();
    if (isFallback)
        countReceived(status, content);
    else
        modelsReceived(status, content);
}

void UpstreamTest::Run::modelsReceived(int status, const QJsonObject& content) {
    if (status == 200 && content.value(QLatin1String("data")).isArray()) {
        const QStringList models = modelIds(content);
        end(UpstreamTestVerdict::Works, status,
            UpstreamTest::tr("%1 answered and took the credential.").arg(host()), models);
        return;
    }
    // Many gateways have no model list; a token count costs nothing either.
    watch(m_network->post(prepared(QLatin1String("/v1/messages/count_tokens")),
                          QByteArrayLiteral("{\"model\":\"claude-sonnet-4-5\",\"messages\":"
                                            "[{\"role\":\"user\",\"content\":\"hello\"}]}")),
          true);
}

void UpstreamTest::Run::countReceived(int status, const QJsonObject& content) {
    if (status == 200 && content.contains(QLatin1String("input_tokens"))) {
        end(UpstreamTestVerdict::Works, status,
            UpstreamTest::tr("%1 answered and took the credential; it has no list of models.")
                .arg(host()));
        return;
    }
    if (isMessagesError(content)) {
        end(UpstreamTestVerdict::Works, status,
            UpstreamTest::tr("%1 answers in the form of the Messages API (status %2).")
                .arg(host())
                .arg(status));
        return;
    }
    if (status >= 300 && status < 400) {
        end(UpstreamTestVerdict::NotMessagesApi, status,
            UpstreamTest::tr("%1 redirects to another address; enter the address that it leads to.")
                .arg(host()));
        return;
    }
    if (withPath(m_request.url, QLatin1String()).path().endsWith(QLatin1String("/v1"))) {
        end(UpstreamTestVerdict::NotMessagesApi, status,
            UpstreamTest::tr("Leave /v1 off the end of the address: it is added by itself."));
        return;
    }
    end(UpstreamTestVerdict::NotMessagesApi, status,
        UpstreamTest::tr(
            "%1 speaks HTTP but not the Messages API (status %2); check the path of the address.")
            .arg(host())
            .arg(status));
}

void UpstreamTest::Run::credentialRefused(int status) {
    const QString what =
        m_request.credential.isEmpty()
            ? UpstreamTest::tr("%1 wants a credential (status %2); enter one.")
            : UpstreamTest::tr(
                  "%1 refused the credential (status %2); check the key and how it is sent.");
    end(UpstreamTestVerdict::CredentialRefused, status, what.arg(host()).arg(status));
}

void UpstreamTest::Run::noResponse() {
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::SslHandshakeFailedError && m_isOnFileRoots) {
        m_isOnFileRoots = false;
        m_tls = QSslConfiguration::defaultConfiguration();
        askForModels();
        return;
    }
    if (error == QNetworkReply::SslHandshakeFailedError) {
        end(UpstreamTestVerdict::TlsUntrusted, 0,
            UpstreamTest::tr(
                "The certificate of %1 is not trusted: %2. A CA file of your company may be "
                "needed.")
                .arg(host(), m_reply->errorString()));
        return;
    }
    if (error == QNetworkReply::HostNotFoundError) {
        end(UpstreamTestVerdict::Unreachable, 0,
            UpstreamTest::tr(
                "No address is known for %1; check the name and whether a VPN is needed.")
                .arg(m_request.url.host()));
        return;
    }
    if (error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError) {
        end(UpstreamTestVerdict::Unreachable, 0,
            UpstreamTest::tr("%1 did not answer within %2 seconds.")
                .arg(host())
                .arg(kTimeout.count() / 1000));
        return;
    }
    if (error == QNetworkReply::ConnectionRefusedError) {
        end(UpstreamTestVerdict::Unreachable, 0,
            UpstreamTest::tr("Nothing listens at %1; check the host and the port.").arg(host()));
        return;
    }
    end(UpstreamTestVerdict::Unreachable, 0,
        UpstreamTest::tr("%1 cannot be reached: %2").arg(host(), m_reply->errorString()));
}

void UpstreamTest::Run::end(UpstreamTestVerdict verdict, int status, const QString& detail,
                            const QStringList& models) {
    UpstreamTestResult result;
    result.verdict = verdict;
    result.status = status;
    result.detail = detail;
    result.models = models;
    if (m_reply && status > 0) {
        result.date = dateOf(*m_reply);
        addChain(*m_reply, result);
    }
    dropReply();
    // Queued: a test that ends inside start() would surprise whoever called it.
    QMetaObject::invokeMethod(
        &m_test, [test = &m_test, serial = m_serial, result] { test->runEnded(serial, result); },
        Qt::QueuedConnection);
}

void UpstreamTest::Run::dropReply() {
    if (!m_reply) return;
    // abort() would emit finished() inside the call.
    m_reply->disconnect();
    m_reply->abort();
    m_reply.reset();
}

UpstreamTest::UpstreamTest(QObject* parent)
    : QObject(parent) {}

UpstreamTest::~UpstreamTest() = default;

void UpstreamTest::start(const UpstreamTestRequest& request) {
    cancel();
    m_run = std::make_unique<Run>(*this, request);
    m_run->begin();
}

void UpstreamTest::cancel() {
    ++m_serial;
    m_run.reset();
}

void UpstreamTest::runEnded(quint64 serial, const UpstreamTestResult& result) {
    if (serial != m_serial) return;
    m_run.reset();
    emit finished(result);
}

} // namespace sallyport
