// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/reachchecks.h"
#include "core/support/deferred.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>

namespace sallyport {

/// One GET of the doctor's.
struct HttpProbeRequest {
    QUrl url;
    QString proxy;                     ///< `127.0.0.1:8899`: by CONNECT through it; empty: direct
    QList<QSslCertificate> extraRoots; ///< trusted beside the system's
    std::chrono::milliseconds timeout{10000};
};

/// Sends one GET as Claude Code would: nothing of the response is read but its status, redirects
/// are not followed. Lives on the thread that made it; destroying it ends the request.
class HttpProbe : public QObject {
    Q_OBJECT
public:
    explicit HttpProbe(QObject* parent = nullptr);
    ~HttpProbe() override;
    /// Ends in finished(), never from inside the call.
    void start(const HttpProbeRequest& request);

signals:
    void finished(const sallyport::ProxyProbeOutcome& outcome);

private:
    void replyFinished();

    std::unique_ptr<QNetworkAccessManager> m_network;
    Deferred<QNetworkReply> m_reply;
    QString m_url;
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::ProxyProbeOutcome)
