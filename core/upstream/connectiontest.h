// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamconfig.h"

#include <QMetaType>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace sallyport {

/// What to try: one cheap call to a gateway.
struct ConnectionTestRequest {
    QUrl url;           ///< base URL, as typed by a person
    QString credential; ///< never logged
    CredentialForm credentialAs = CredentialForm::Bearer;
    QString caFile;
    bool verifyTls = true;
};

enum class ConnectionTestVerdict {
    Works,             ///< an answer in the Messages API's form, credential taken
    CredentialRefused, ///< 401 or 403
    AnswersOtherwise,  ///< it speaks HTTP, but not as a Messages gateway
    TlsUntrusted,
    Unreachable,
    BadUrl,
};

struct ConnectionTestResult {
    ConnectionTestVerdict verdict = ConnectionTestVerdict::Unreachable;
    int status = 0; ///< 0 when there was no answer
    std::chrono::milliseconds took{0};
    QString detail;     ///< one sentence: what was found and what to do
    QStringList models; ///< ids, when /v1/models answered
};

/// Tries a gateway by QNetworkAccessManager: `GET v1/models`, and where that is not known
/// `POST v1/messages/count_tokens`. Redirects are not followed. Lives on the thread that made it;
/// one test at a time, a new one cancels the one before.
class ConnectionTest : public QObject {
    Q_OBJECT
public:
    explicit ConnectionTest(QObject* parent = nullptr);
    ~ConnectionTest() override;
    void start(const ConnectionTestRequest& request);
    void cancel();

signals:
    void finished(const sallyport::ConnectionTestResult& result);

private:
    class Run;
    void runEnded(quint64 serial, const ConnectionTestResult& result);

    std::unique_ptr<Run> m_run;
    quint64 m_serial = 0; ///< of the test under way; what an older one still says is dropped
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::ConnectionTestResult)
