// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace sallyport {

/// Whether a field's value is never kept: `authorization`, `proxy-authorization`, `x-api-key`,
/// `cookie`, `set-cookie`; names with token, secret, password, key, credential or jwt in them; and
/// names whose last part is a word like `sig`, `auth` or `pass`. Plain are counters (`*-tokens*`,
/// ratelimit fields), `sec-websocket-key` and `idempotency-key`.
[[nodiscard]] bool isSecretField(QByteArrayView name);

/// The same for a member of a settings file, read more widely: also with auth or header in it
/// (`ANTHROPIC_CUSTOM_HEADERS`), since a setting that is shown too little does no harm.
[[nodiscard]] bool isSecretSetting(QByteArrayView name);

/// Whether the value of a parameter in a URL, or of a member in JSON, is a secret by its name,
/// which may be percent-encoded.
///
/// Names are taken apart at everything that is no letter or digit, at capitals (`accessToken`), and
/// at brackets into names of their own (`token[0]`, `a[token]`). The last part decides, numbers
/// left out: it is a word like `key`, `token`, `sig`, `auth`, `pwd`, or ends in one that needs no
/// separator (`authtoken`, `apikey`). So `page_token_count`, `max_tokens`, `monkey`, `author` are
/// plain. Where a password is named the rest of the name does not matter (`password_confirmation`).
[[nodiscard]] bool isSecretParameter(QByteArrayView name);

} // namespace sallyport
