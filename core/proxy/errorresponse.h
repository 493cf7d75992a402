// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sallyport {

/// A response of our own to an exchange that failed.
struct ErrorResponse {
    int status = 500;
    QByteArray code;               ///< X-Sallyport-Error
    QString message;               ///< what failed, where, what to do
    bool isRetryUseless = false;   ///< `x-should-retry: false`
    std::optional<int> retryAfter; ///< seconds
};

/// Where an exchange was headed; for the message.
struct ErrorContext {
    QString upstream; ///< name of the group; empty: none
    QString target;   ///< `host:port`, or what the request named
    /// The client named the host, so that routes.yaml has no address to correct.
    bool isNamedByClient = false;
    bool isMessages = false;     ///< `/v1/messages`: a 404 there would hide the message
    bool isProxyRequest = false; ///< a missing token is a 407 there (RFC 9110 15.5.8)
};

/// The response to `error`: one row of one table for each code (contract: "Errors of our own").
[[nodiscard]] ErrorResponse errorResponseFor(const ExchangeError& error,
                                             const ErrorContext& context);

/// The fields of that response: Date, framing of `contentBytes`, code, and what a 401 or 407 asks
/// for (RFC 9110 11.6.1, 11.7.1).
[[nodiscard]] FieldList errorFields(const ErrorResponse& response, qsizetype contentBytes,
                                    qint64 nowSeconds);

} // namespace sallyport
