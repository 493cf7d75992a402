// SPDX-License-Identifier: MIT
#include "core/anthropic/errorbody.h"

#include "core/anthropic/jsontext.h"

namespace sallyport {

namespace {

QByteArrayView errorType(int status) {
    switch (status) {
    case 400: return "invalid_request_error";
    case 401: return "authentication_error";
    case 403: return "permission_error";
    case 413: return "request_too_large";
    case 429: return "rate_limit_error";
    default: return "api_error";
    }
}

} // namespace

QByteArray errorBody(int status, const QString& message) {
    const auto prefix = QLatin1String("Sallyport: ");
    return apiErrorBody(errorType(status),
                        message.startsWith(prefix) ? message : QString(prefix + message));
}

QByteArray apiErrorBody(QByteArrayView type, const QString& message) {
    QByteArray body = R"({"type":"error","error":{"type":)";
    appendJsonString(body, QString::fromUtf8(type));
    body += R"(,"message":)";
    appendJsonString(body, message);
    body += "}}";
    return body;
}

} // namespace sallyport
