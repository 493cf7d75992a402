// SPDX-License-Identifier: MIT
#include "core/upstream/upstreamtest.h"

#include "core/http/head.h"
#include "core/http/httpdate.h"
#include "core/support/defaultport.h"
#include "core/support/hostport.h"
#include "core/support/regularfile.h"
#include "core/support/visibletext.h"
#include "core/upstream/cafile.h"
#include "core/upstream/http2transport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslKey>

#include <algorithm>

namespace sallyport {

namespace {

constexpr std::chrono::milliseconds kTimeout{10000};
/// More of a response is not looked at; a model list is a few KiB.
constexpr qsizetype kMaxResponseBytes = qsizetype{1024} * 1024;

bool isBase(const QUrl& url) {
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery() &&
           !url.hasFragment() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

/// Of an address that isBase().
UpstreamTarget targetOf(const QUrl& url) {
    UpstreamTarget target;
    target.isTls = url.scheme() == QLatin1String("https");
    const quint16 usual = defaultPort(target.isTls);
    target.host = url.host(QUrl::FullyEncoded).toLatin1().toLower();
    target.port = static_cast<quint16>(url.port(usual));
    const QString host = QString::fromLatin1(target.host);
    target.authority = hostPort(host, target.port).toLatin1();
    if (target.port == usual) target.authority.truncate(target.authority.lastIndexOf(':'));
    target.basePath = url.path(QUrl::FullyEncoded).toLatin1();
    while (target.basePath.endsWith('/'))
        target.basePath.chop(1);
    return target;
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

/// Invalid without one.
QDateTime dateOf(const FieldList& fields) {
    const auto seconds = parseHttpDate(fields.first("Date").value_or(QByteArrayView()));
    return seconds ? QDateTime::fromSecsSinceEpoch(*seconds, Qt::UTC) : QDateTime();
}

bool hasControls(const QByteArray& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char each) { return static_cast<unsigned char>(each) < 0x20; });
}

/// A refusal in the Messages API's form: {"type":"error","error":{…}}.
bool isMessagesError(const QJsonObject& content) {
    return content.value(QLatin1String("type")) == QLatin1String("error") &&
           content.value(QLatin1String("error")).isObject();
}

/// The step that did not go well where no response came.
UpstreamTestStep failedStepOf(ErrorCode code) {
    if (code == ErrorCode::UpstreamResolve) return UpstreamTestStep::Name;
    if (code == ErrorCode::UpstreamTls) return UpstreamTestStep::Tls;
    const bool isAfterIt =
        code == ErrorCode::UpstreamFirstByteTimeout || code == ErrorCode::UpstreamProtocol;
    return isAfterIt ? UpstreamTestStep::Http : UpstreamTestStep::Connection;
}

} // namespace

/// One test under way: a model list, and a token count where there is none.
class UpstreamTest::Run final : private UpstreamObserver {
public:
    Run(UpstreamTest& test, UpstreamTestRequest request, std::shared_ptr<OutboundProxies> proxies)
        : m_test(test)
        , m_serial(test.m_serial)
        , m_request(std::move(request))
        , m_proxies(std::move(proxies)) {}

    void begin();

private:
    void upstreamConnected(const UpstreamPeer& peer) override { m_way = peer.way; }
    void upstreamRequestSent() override {}
    void upstreamInterim(const ResponseHead& /*head*/) override {}
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override;
    void upstreamComplete(const FieldList& /*trailers*/) override { responded(); }
    void upstreamSwitched(ResponseHead /*head*/, StreamPtr /*stream*/,
                          QByteArray /*early*/) override {
        upstreamFailed({ErrorCode::UpstreamProtocol, Side::Upstream, {}}); // not asked for
    }
    void upstreamFailed(const ExchangeError& error) override;
    void upstreamWritable() override {}

    [[nodiscard]] bool useTlsFiles(SocketTransportOptions& options);
    [[nodiscard]] bool useOwnCertificate(SocketTransportOptions& options);
    void ask(const QByteArray& method, const QByteArray& path, const QByteArray& content = {});
    void responded();
    void modelsReceived(int status, const QJsonObject& content);
    void countReceived(int status, const QJsonObject& content);
    void credentialRefused(int status);
    void end(UpstreamTestVerdict verdict, int status, QString detail,
             const QStringList& models = {});
    [[nodiscard]] QString host() const { return m_request.url.authority(); }
    [[nodiscard]] UpstreamTestStep stepOf(UpstreamTestVerdict verdict, int status) const;

    UpstreamTest& m_test;
    quint64 m_serial;
    UpstreamTestRequest m_request;
    std::shared_ptr<OutboundProxies> m_proxies;
    std::unique_ptr<UpstreamTransport> m_transport;
    std::unique_ptr<UpstreamExchange> m_exchange;
    ResponseHead m_head; ///< status 0: none
    UpstreamTestStep m_failedAt = UpstreamTestStep::Name;
    QByteArray m_content;
    QString m_way;
    bool m_isFallback = false;
};

void UpstreamTest::Run::begin() {
    if (!isBase(m_request.url))
        return end(UpstreamTestVerdict::BadUrl, 0,
                   UpstreamTest::tr("This is not the base address of a gateway; one looks like "
                                    "https://gateway.example/path."));
    if (hasControls(m_request.credential.toUtf8()))
        return end(UpstreamTestVerdict::CredentialRefused, 0,
                   UpstreamTest::tr("The credential has a line break or another control character "
                                    "in it; enter it again."));
    SocketTransportOptions options;
    options.targets = {targetOf(m_request.url)};
    options.timeouts = {kTimeout, kTimeout, kTimeout};
    options.proxies = m_proxies;
    options.usesHttp2 = m_request.usesHttp2;
    if (!useTlsFiles(options)) return;
    m_transport = makeUpstreamTransport(m_test.m_connector, m_test.m_deadlines, std::move(options));
    ask("GET", "/v1/models");
}

bool UpstreamTest::Run::useTlsFiles(SocketTransportOptions& options) {
    options.verifyTls = m_request.verifyTls;
    if (m_request.url.scheme() != QLatin1String("https")) return true;
    if (!m_request.certFile.isEmpty() && !useOwnCertificate(options)) return false;
    if (m_request.caFile.isEmpty() || !m_request.verifyTls) return true;
    auto roots = readCaFile(m_request.caFile);
    if (!roots) {
        end(UpstreamTestVerdict::TlsUntrusted, 0, roots.error());
        return false;
    }
    options.extraRoots = std::move(roots).value();
    return true;
}

bool UpstreamTest::Run::useOwnCertificate(SocketTransportOptions& options) {
    constexpr qsizetype kMaxBytes = qsizetype{1024} * 1024;
    const QString& keyFile = m_request.keyFile.isEmpty() ? m_request.certFile : m_request.keyFile;
    const auto chain = readRegularFile(m_request.certFile, kMaxBytes);
    const auto key = readRegularFile(keyFile, kMaxBytes);
    if (chain && key) {
        const bool isKey = !QSslKey(*key, QSsl::Rsa).isNull() || !QSslKey(*key, QSsl::Ec).isNull();
        options.certificateChain = *chain;
        options.privateKey = *key;
        if (isKey && !QSslCertificate::fromData(*chain, QSsl::Pem).isEmpty()) return true;
    }
    end(UpstreamTestVerdict::TlsUntrusted, 0,
        UpstreamTest::tr("The client certificate %1 or its key cannot be used.")
            .arg(m_request.certFile));
    return false;
}

void UpstreamTest::Run::ask(const QByteArray& method, const QByteArray& path,
                            const QByteArray& content) {
    m_head = {};
    m_content.clear();
    UpstreamRequest request;
    request.method = method;
    request.target = path;
    request.fields.append("User-Agent", "sallyport/" SALLYPORT_VERSION);
    request.fields.append("Accept", "application/json");
    request.fields.append("Accept-Encoding", "identity");
    request.fields.append("Content-Type", "application/json");
    request.fields.append("anthropic-version", "2023-06-01");
    const QByteArray credential = m_request.credential.toUtf8();
    if (!credential.isEmpty() && m_request.credentialAs == CredentialForm::XApiKey)
        request.fields.append("x-api-key", credential);
    else if (!credential.isEmpty())
        request.fields.append("Authorization", QByteArray("Bearer " + credential));
    if (!content.isEmpty())
        request.framing = {BodyKind::Length, static_cast<quint64>(content.size())};
    m_exchange = m_transport->start(std::move(request), *this);
    if (content.isEmpty()) return;
    m_exchange->sendBody(content);
    m_exchange->finishBody({});
}

void UpstreamTest::Run::upstreamHead(ResponseHead head, Framing /*framing*/) {
    m_head = std::move(head);
}

void UpstreamTest::Run::upstreamBody(QByteArrayView bytes) {
    m_content.append(bytes.first(std::min(bytes.size(), kMaxResponseBytes - m_content.size())));
    if (m_content.size() == kMaxResponseBytes) responded();
}

void UpstreamTest::Run::responded() {
    m_exchange.reset();
    const int status = m_head.status;
    if (status == 401 || status == 403) return credentialRefused(status);
    const QJsonObject content = QJsonDocument::fromJson(m_content).object();
    if (m_isFallback)
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
    m_isFallback = true;
    ask("POST", "/v1/messages/count_tokens",
        "{\"model\":\"claude-sonnet-4-5\",\"messages\":"
        "[{\"role\":\"user\",\"content\":\"hello\"}]}");
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
    if (targetOf(m_request.url).basePath.endsWith("/v1")) {
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

/// A response that broke off says what its head says.
void UpstreamTest::Run::upstreamFailed(const ExchangeError& error) {
    if (m_head.status > 0) return responded();
    m_exchange.reset();
    m_failedAt = failedStepOf(error.code);
    const QString why = visibleText(error.detail);
    if (error.code == ErrorCode::UpstreamTls)
        return end(UpstreamTestVerdict::TlsUntrusted, 0,
                   UpstreamTest::tr("The certificate of %1 is not trusted: %2. A CA file of your "
                                    "company may be needed.")
                       .arg(host(), why));
    // With a proxy the detail says which of the two did not do its part.
    if (!m_proxies && error.code == ErrorCode::UpstreamResolve)
        return end(UpstreamTestVerdict::Unreachable, 0,
                   UpstreamTest::tr(
                       "No address is known for %1; check the name and whether a VPN is needed.")
                       .arg(m_request.url.host()));
    if (error.code == ErrorCode::UpstreamFirstByteTimeout ||
        (!m_proxies && error.code == ErrorCode::UpstreamConnectTimeout))
        return end(UpstreamTestVerdict::Unreachable, 0,
                   UpstreamTest::tr("%1 did not answer within %2 seconds.")
                       .arg(host())
                       .arg(kTimeout.count() / 1000));
    end(UpstreamTestVerdict::Unreachable, 0,
        UpstreamTest::tr("%1 cannot be reached: %2").arg(host(), why));
}

void UpstreamTest::Run::end(UpstreamTestVerdict verdict, int status, QString detail,
                            const QStringList& models) {
    UpstreamTestResult result;
    result.verdict = verdict;
    result.reached = stepOf(verdict, status);
    result.isTls = m_request.url.scheme() == QLatin1String("https");
    result.status = status;
    if (!m_way.isEmpty()) detail += u' ' + UpstreamTest::tr("The way there: %1.").arg(m_way);
    result.detail = std::move(detail);
    result.models = models;
    result.way = m_way;
    if (status > 0) result.date = dateOf(m_head.fields);
    // Queued: a test that ends inside start() would surprise whoever called it.
    QMetaObject::invokeMethod(
        &m_test, [test = &m_test, serial = m_serial, result] { test->runEnded(serial, result); },
        Qt::QueuedConnection);
}

UpstreamTestStep UpstreamTest::Run::stepOf(UpstreamTestVerdict verdict, int status) const {
    if (verdict == UpstreamTestVerdict::Works) return UpstreamTestStep::Done;
    return status > 0 ? UpstreamTestStep::Http : m_failedAt;
}

UpstreamTest::UpstreamTest(Connector& connector, DeadlineQueue& deadlines, QObject* parent)
    : QObject(parent)
    , m_connector(connector)
    , m_deadlines(deadlines) {}

UpstreamTest::~UpstreamTest() = default;

void UpstreamTest::start(const UpstreamTestRequest& request,
                         std::shared_ptr<OutboundProxies> proxies) {
    cancel();
    m_run = std::make_unique<Run>(*this, request, std::move(proxies));
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
