// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Whether a field's value is never kept: authorization, proxy-authorization, x-api-key, cookie,
/// set-cookie, and names with token, secret, password or key in them (but `*-tokens*` counters and
/// ratelimit fields, `sec-websocket-key`, `idempotency-key` are plain).
[[nodiscard]] bool isSecretField(QByteArrayView name);
/// What is kept of a secret: its length and last four characters, `‹redacted, 48 octets, …c41e›`;
/// an auth scheme in front stays (`Bearer ‹…›`). Shorter than 12 octets, and of Basic: length only.
[[nodiscard]] QByteArray redactedValue(QByteArrayView value);
/// The value of a field as it may be kept: redactedValue() where the name is a secret's, else
/// redactedText() where something in it could be one.
[[nodiscard]] QByteArray redactedField(QByteArrayView name, QByteArrayView value);
/// A copy with each value as redactedField() has it.
[[nodiscard]] FieldList redactedFields(const FieldList& fields);
/// A target with the values of `key`, `token`, `sig`, `signature`, `api_key`, `apikey`,
/// `access_token`, `password`, `secret` and of names that end like these in its query or fragment,
/// and user information, replaced.
[[nodiscard]] QByteArray redactedTarget(QByteArrayView target);
/// Free text (the error message of an upstream) with what looks like a credential replaced: words
/// behind `Bearer` or `Basic`, `sk-…` at the start of a word or of a part of one, what is behind
/// `bearer.` or `api-key.`, and what redactedTarget() replaces.
[[nodiscard]] QByteArray redactedText(QByteArrayView text);

/// A message that a person will read, as it may be kept: redactedText(), and strings of JSON whose
/// member's name is that of a secret (`"api_key": "…"`), also where the text ends inside them.
[[nodiscard]] QByteArray redactedContent(QByteArray content);

} // namespace sallyport
