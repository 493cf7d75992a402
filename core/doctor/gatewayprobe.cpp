// SPDX-License-Identifier: MIT
#include "core/doctor/gatewayprobe.h"

#include "core/doctor/doctortext.h"
#include "core/secrets/redact.h"
#include "core/support/visibletext.h"
#include "core/tls/clientcertificate.h"
#include "core/tls/tlsstream.h"
#include "core/upstream/cafile.h"
#include "core/upstream/wayout.h"

#include <QHostAddress>
#include <QUrl>

namespace sallyport {

namespace {

using State = GatewayStep::State;
constexpr int kLookUpMilliseconds = 5000;

QDateTime toDateTime(WallTime time) {
    const auto since = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
    return QDateTime::fromSecsSinceEpoch(since.count(), Qt::UTC);
}

QString urlOf(const UpstreamTarget& target) {
    return QLatin1String(target.isTls ? "https://" : "http://") +
           QString::fromUtf8(target.authority + target.basePath);
}

/// Of a connection by TLS.
QString chainText(const ByteStream& stream) {
    const auto* tls = dynamic_cast<const TlsStream*>(&stream);
    if (!tls) return {};
    QStringList names;
    QDateTime end;
    for (const CertificateSummary& each : tls->peerChain()) {
        names << each.subject;
        if (!end.isValid() || each.notAfter < end) end = each.notAfter;
    }
    return DoctorText::tr("%1; the first to end ends on %2")
        .arg(names.join(QStringLiteral(" ← ")), end.toString(QStringLiteral("yyyy-MM-dd")));
}

/// A gateway that there was no credential to show to, and what it said. One that lists its models
/// for anybody does not tell that requests could be sent.
GatewayStep withoutCredential(const UpstreamConfig& upstream, const GatewayStep& step) {
    const CredentialSource source =
        upstream.credentials.empty() ? CredentialSource() : upstream.credentials.front();
    switch (source.kind) {
    case CredentialSource::Kind::None: return step;
    case CredentialSource::Kind::Environment:
    case CredentialSource::Kind::File:
        return {State::Failed, DoctorText::tr("The credential of %1 cannot be read (%2).")
                                   .arg(upstream.name, source.name)};
    case CredentialSource::Kind::Keychain:
    case CredentialSource::Kind::Command: break;
    }
    if (step.state == State::Passed) return step;
    return {State::Passed, DoctorText::tr("it answers and wants a credential, which is not read "
                                          "from here")};
}

} // namespace

GatewayProbe::GatewayProbe(Connector& connector, DeadlineQueue& deadlines, QObject* parent)
    : QObject(parent)
    , m_connector(connector)
    , m_deadlines(deadlines)
    , m_test(connector, deadlines) {
    m_lookUpTimer.setSingleShot(true);
    m_lookUpTimer.setInterval(kLookUpMilliseconds);
    connect(&m_lookUpTimer, &QTimer::timeout, this, [this] {
        m_reading.dns = {State::Failed, DoctorText::tr("no name server answered within 5 seconds")};
        QHostInfo::abortHostLookup(m_lookUp);
        emit finished();
    });
    connect(&m_test, &UpstreamTest::finished, this, &GatewayProbe::answered);
}

GatewayProbe::~GatewayProbe() {
    if (m_lookUp >= 0) QHostInfo::abortHostLookup(m_lookUp);
}

void GatewayProbe::start(const UpstreamConfig& upstream, const UpstreamTarget& target,
                         const QByteArray& credential, std::shared_ptr<OutboundProxies> proxies) {
    m_upstream = upstream;
    m_target = target;
    m_credential = credential;
    m_proxies = std::move(proxies);
    m_reading = {};
    m_reading.upstream = upstream.name;
    m_reading.url = QString::fromUtf8(redactedText(urlOf(target).toUtf8()));
    const bool isAddress = !QHostAddress(QString::fromUtf8(target.host)).isNull();
    if (isAddress || m_proxies) {
        m_reading.dns = {State::NotNeeded, isAddress ? DoctorText::tr("is an address")
                                                     : DoctorText::tr("is left to the way of via")};
        connectPlain();
        return;
    }
    lookUp();
}

void GatewayProbe::lookUp() {
    m_lookUpTimer.start();
    m_lookUp = QHostInfo::lookupHost(QString::fromUtf8(m_target.host), this,
                                     [this](const QHostInfo& answer) { lookedUp(answer); });
}

void GatewayProbe::lookedUp(const QHostInfo& answer) {
    m_lookUp = -1;
    if (!m_lookUpTimer.isActive()) return;
    m_lookUpTimer.stop();
    QStringList addresses;
    const auto found = answer.addresses();
    for (const QHostAddress& address : found)
        addresses << address.toString();
    if (addresses.isEmpty()) {
        m_reading.dns = {State::Failed,
                         DoctorText::tr("No address is known for %1 (%2): check the name and "
                                        "whether a VPN is needed.")
                             .arg(QString::fromUtf8(m_target.host), answer.errorString())};
        emit finished();
        return;
    }
    m_reading.dns = {State::Passed, addresses.join(QLatin1String(", "))};
    connectPlain();
}

void GatewayProbe::connectPlain() { connectBy(m_reading.tcp, nullptr); }

void GatewayProbe::connectBy(GatewayStep& step, std::shared_ptr<const TlsClientOptions> tls) {
    m_connecting = &step;
    ConnectTarget to;
    to.host = m_target.host;
    to.port = m_target.port;
    to.timeout = m_upstream.timeouts.connect;
    to.tls = std::move(tls);
    to.wayOut = wayOutBy(m_proxies, {m_target.isTls, m_target.host, m_target.port},
                         m_target.isTls ? ProxyForm::Tunnel : ProxyForm::Absolute);
    m_way = to.wayOut;
    m_attempt = m_connector.connectTo(std::move(to), *this);
}

void GatewayProbe::connectTls() {
    if (!m_target.isTls) {
        m_reading.tls = {State::NotNeeded, DoctorText::tr("is plain http")};
        askForModels();
        return;
    }
    auto tls = std::make_shared<TlsClientOptions>();
    tls->serverName = m_target.host;
    tls->verify = m_upstream.verifyTls;
    if (!m_upstream.caFile.isEmpty()) {
        auto roots = readCaFile(m_upstream.caFile);
        if (!roots) {
            m_reading.tls = {State::Failed, roots.error()};
            emit finished();
            return;
        }
        tls->extraRoots = std::move(roots).value();
    }
    if (!m_upstream.certFile.isEmpty()) {
        const auto own = readClientCertificate(m_upstream.certFile, m_upstream.keyFile);
        if (!own) {
            m_reading.tls = {State::Failed, own.error()};
            emit finished();
            return;
        }
        tls->certificateChain = own->chain;
        tls->privateKey = own->key;
    }
    connectBy(m_reading.tls, std::move(tls));
}

void GatewayProbe::connected(StreamPtr stream) {
    QString text = stream->peer().address.toString();
    if (m_connecting == &m_reading.tls)
        text = chainText(*stream);
    else if (m_way && !m_way->name.isEmpty())
        text = m_way->name;
    stream->abort();
    stream.reset();
    m_attempt.reset();
    *m_connecting = {State::Passed, text};
    if (m_connecting == &m_reading.tcp)
        connectTls();
    else
        askForModels();
}

void GatewayProbe::connectFailed(const StreamError& error) {
    *m_connecting = {State::Failed,
                     DoctorText::tr("%1: %2.").arg(m_upstream.name, visibleText(error.detail))};
    m_attempt.reset();
    emit finished();
}

void GatewayProbe::askForModels() {
    UpstreamTestRequest request;
    request.url = QUrl(urlOf(m_target));
    request.credential = QString::fromUtf8(m_credential);
    request.credentialAs = m_upstream.credentialAs;
    request.caFile = m_upstream.caFile;
    request.verifyTls = m_upstream.verifyTls;
    request.certFile = m_upstream.certFile;
    request.keyFile = m_upstream.keyFile;
    request.usesHttp2 = m_upstream.usesHttp2;
    m_test.start(request, m_proxies);
}

void GatewayProbe::answered(const UpstreamTestResult& result) {
    if (result.date.isValid()) {
        m_reading.theirTime = result.date;
        m_reading.ourTime = toDateTime(m_deadlines.clock().wallNow());
    }
    const bool works = result.verdict == UpstreamTestVerdict::Works;
    m_reading.http = {works ? State::Passed : State::Failed, result.detail};
    const bool isAnswer = works || result.verdict == UpstreamTestVerdict::CredentialRefused;
    if (isAnswer && m_credential.isEmpty())
        m_reading.http = withoutCredential(m_upstream, m_reading.http);
    if (works)
        m_reading.models = {State::Passed,
                            result.models.isEmpty()
                                ? DoctorText::tr("it has no list of models")
                                : result.models.mid(0, 20).join(QLatin1String(", "))};
    emit finished();
}

} // namespace sallyport
