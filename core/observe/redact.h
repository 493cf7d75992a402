// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// What is kept of a secret: its length and last four characters, `‹redacted, 48 bytes, …c41e›`;
/// an auth scheme in front stays (`Bearer ‹…›`). Shorter than 12 bytes, and of Basic: length only.
[[nodiscard]] QByteArray redactedValue(QByteArrayView value);
/// The value of a field as it may be kept: redactedValue() where the name is a secret's, else
/// redactedText() where something in it could be one.
[[nodiscard]] QByteArray redactedField(QByteArrayView name, QByteArrayView value);
/// A copy with each value as redactedField() has it.
[[nodiscard]] FieldList redactedFields(const FieldList& fields);
/// A target without the values of parameters that isSecretParameter() knows by name, without user
/// information, and without what looks like a key (`sk-…`) in a value or in a segment of the path;
/// encoded ones go whole when what they mean is one of these.
[[nodiscard]] QByteArray redactedTarget(QByteArrayView target);
/// Free text (the error message of an upstream): as withoutUrlSecrets() and withoutCredentials().
[[nodiscard]] QByteArray redactedText(QByteArrayView text);

/// A message that a person will read, as it may be kept: redactedText(), and strings of JSON whose
/// member's name is that of a secret (`"api_key": "…"`), also where the text ends inside them.
[[nodiscard]] QByteArray redactedContent(QByteArray content);

} // namespace sallyport
