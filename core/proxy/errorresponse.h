// SPDX-License-Identifier: MIT
#pragma once

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
    QString route;
    QString upstream;
    QString target;          ///< `host:port`, or what the request named
    bool isMessages = false; ///< `/v1/messages`: a 404 there would hide the message
};

/// The one total mapping from what happened to what is answered (contract: "Errors of our own").
[[nodiscard]] ErrorResponse errorResponseFor(const ExchangeError& error,
                                             const ErrorContext& context);

} // namespace sallyport
