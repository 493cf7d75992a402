// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamconfig.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace sallyport {

/// An upstream to be tested, also before it is written into a file.
struct UpstreamTestRequest {
    QUrl url;           ///< base URL, as typed by a person
    QString credential; ///< never logged; empty: that of `source`
    CredentialForm credentialAs = CredentialForm::Bearer;
    QString caFile; ///< absolute path of a PEM bundle trusted beside the system's; or empty
    bool verifyTls = true;
    QString certFile{};        ///< absolute path of a PEM with our own certificate; or empty
    QString keyFile{};         ///< absolute path of its private key; empty: it stands in certFile
    CredentialSource source{}; ///< where the credential is read; a command is not run
    Via via{};                 ///< how it is reached
    bool usesHttp2 = false;
};

enum class UpstreamTestVerdict {
    Works,             ///< a response in the Messages API's form, credential accepted
    CredentialRefused, ///< 401 or 403
    NotMessagesApi,    ///< HTTP, but not the Messages API
    TlsUntrusted,
    Unreachable,
    BadUrl,
};

/// What has to go well, in that order.
enum class UpstreamTestStep { Name, Connection, Tls, Http, Done };

/// What the test found.
struct UpstreamTestResult {
    UpstreamTestVerdict verdict = UpstreamTestVerdict::Unreachable;
    /// The first step that did not go well; Done when all did.
    UpstreamTestStep reached = UpstreamTestStep::Name;
    bool isTls = false;
    int status = 0;     ///< of the response; 0 when there was none
    QString detail;     ///< for people, translated: what was found and what to do
    QStringList models; ///< ids, when /v1/models lists them
    QDateTime date;     ///< Date of the response (RFC 9110 6.6.1), UTC; invalid without one
    QString way;        ///< by which proxy, in words; empty: directly, or no connection stood
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::UpstreamTestResult)
