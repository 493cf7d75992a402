// SPDX-License-Identifier: MIT
#include "core/anthropic/errorbody.h"

#include "core/support/jsonstring.h"

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
    appendJsonString(body, type);
    body += R"(,"message":)";
    // toUtf8() makes U+FFFD of half a surrogate pair.
    appendJsonString(body, message.toUtf8());
    body += "}}";
    return body;
}

} // namespace sallyport
