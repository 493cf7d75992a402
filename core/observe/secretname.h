// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Whether a field's value is never kept: authorization, proxy-authorization, x-api-key, cookie,
/// set-cookie, and names with token, secret, password or key in them (but `*-tokens*` counters and
/// ratelimit fields, `sec-websocket-key`, `idempotency-key` are plain).
[[nodiscard]] bool isSecretField(QByteArrayView name);

/// Whether the value of a parameter in a URL, or of a member in JSON, is a secret by its name,
/// which may be percent-encoded.
///
/// Names are taken apart at everything that is no letter or digit, at humps (`accessToken`), and at
/// brackets into names of their own (`token[0]`, `a[token]`). The last part decides, numbers left
/// out: it is a word like `key`, `token`, `sig`, `auth`, `pwd`, or ends in one that stands for
/// itself (`authtoken`, `apikey`). So `page_token_count`, `max_tokens`, `monkey`, `author` are
/// plain. Where a password is named the rest of the name does not matter (`password_confirmation`).
[[nodiscard]] bool isSecretParameter(QByteArrayView name);

} // namespace sallyport
