// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/knownsecrets.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sallyport {

/// What is kept of a secret: its length and last four characters, `‹redacted, 48 bytes, …c41e›`;
/// an authentication scheme before it stays (`Bearer ‹…›`). Of one that is shorter than 12 bytes,
/// and of Basic, only the length.
[[nodiscard]] QByteArray redactedValue(QByteArrayView value);
/// The value of a field as it may be kept: redactedValue() where the name is a secret's, else
/// redactedText().
[[nodiscard]] QByteArray redactedField(QByteArrayView name, QByteArrayView value,
                                       const KnownSecrets& known = {});
/// A target as it may be kept: without what findUrlSecrets() and findSecretShapes() find in it, and
/// without the secrets that are known.
[[nodiscard]] QByteArray redactedTarget(QByteArrayView target, const KnownSecrets& known = {});
/// The same for free text, such as the error message of an upstream.
[[nodiscard]] QByteArray redactedText(QByteArrayView text, const KnownSecrets& known = {});
/// redactedText() where it differs from the text.
[[nodiscard]] std::optional<QByteArray> redactionOf(QByteArrayView text,
                                                    const KnownSecrets& known = {});
/// The same for the content of a message: also strings of JSON whose member has the name of a
/// secret (`"api_key": "…"`), and those that the end of the text cuts off.
[[nodiscard]] QByteArray redactedContent(const QByteArray& content, const KnownSecrets& known = {});
/// Adds what redactedContent() replaces, but for known secrets.
void findContentSecrets(QByteArrayView content, SecretSpans& found);
/// A sentence of ours, which may name a host, a path or a method that a client chose: without the
/// secrets that are known, and without words that are keys by their shape. What stands after
/// `Bearer` stays, since such sentences explain fields.
[[nodiscard]] QString redactedMessage(const QString& message, const KnownSecrets& known);

} // namespace sallyport
