// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Whether frameworks take the value of that request field for the method:
/// `X-HTTP-Method-Override`, `X-HTTP-Method`, `X-Method-Override`, in every spelling that is the
/// same to a CGI program.
[[nodiscard]] bool overridesMethod(QByteArrayView name);
/// Whether servers take the value of that request field for a part of the request's URL: its host,
/// scheme, port or path (`X-Forwarded-Host`, `X-Forwarded-Proto`, `X-Original-URL`, `Forwarded` and
/// their like). Not `X-Forwarded-For`, which says who the client is.
[[nodiscard]] bool overridesUrl(QByteArrayView name);

} // namespace sallyport
