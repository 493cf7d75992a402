// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sallyport {

/// `{"type":"error","error":{"type":TYPE,"message":"Sallyport: …"}}`, the form whose message Claude
/// Code shows to its user. TYPE follows the status as the Messages API's does
/// (`invalid_request_error` 400, `authentication_error` 401, `permission_error` 403,
/// `request_too_large` 413, `rate_limit_error` 429, `api_error` else). The prefix is put in front
/// when `message` does not have it.
[[nodiscard]] QByteArray errorBody(int status, const QString& message);
/// The same form with a type and a message of the caller's own, without the prefix.
[[nodiscard]] QByteArray apiErrorBody(QByteArrayView type, const QString& message);

} // namespace sallyport
