// SPDX-License-Identifier: MIT
#include "core/doctor/httpprobe.h"

#include "core/support/visibletext.h"

#include <QNetworkProxy>
#include <QSslConfiguration>

namespace sallyport {

HttpProbe::HttpProbe(QObject* parent)
    : QObject(parent)
    , m_network(std::make_unique<QNetworkAccessManager>()) {
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

HttpProbe::~HttpProbe() {
    if (!m_reply) return;
    // abort() would emit finished() inside the call.
    m_reply->disconnect();
    m_reply->abort();
}

void HttpProbe::start(const HttpProbeRequest& request) {
    m_url = request.url.toString();
    m_network->setProxy(QNetworkProxy::NoProxy);
    if (!request.proxy.isEmpty()) {
        const QUrl proxy(QLatin1String("http://") + request.proxy);
        m_network->setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, proxy.host(),
                                          static_cast<quint16>(proxy.port())));
    }
    QNetworkRequest get(request.url);
    get.setTransferTimeout(static_cast<int>(request.timeout.count()));
    get.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    get.setRawHeader("User-Agent", "sallyport/" SALLYPORT_VERSION);
    if (!request.extraRoots.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(request.extraRoots);
        get.setSslConfiguration(tls);
    }
    m_reply.reset(m_network->get(get));
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpProbe::replyFinished);
}

void HttpProbe::replyFinished() {
    ProxyProbeOutcome outcome;
    outcome.url = m_url;
    outcome.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (outcome.status == 0) outcome.failure = visibleText(m_reply->errorString());
    m_reply.reset();
    emit finished(outcome);
}

} // namespace sallyport
