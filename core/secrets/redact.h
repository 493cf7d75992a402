// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// What is kept of a secret: its length and last four characters, `‹redacted, 48 bytes, …c41e›`;
/// an authentication scheme before it stays (`Bearer ‹…›`). Of one that is shorter than 12 bytes,
/// and of Basic, only the length.
[[nodiscard]] QByteArray redactedValue(QByteArrayView value);
/// The value of a field as it may be kept: redactedValue() where the name is a secret's, else
/// redactedText().
[[nodiscard]] QByteArray redactedField(QByteArrayView name, QByteArrayView value);
/// Whether redactedText() can find anything; cheap, and never wrong where it says no.
[[nodiscard]] bool mayHoldSecret(QByteArrayView text);
/// A target as it may be kept: without what findUrlSecrets() and findSecretShapes() find in it.
[[nodiscard]] QByteArray redactedTarget(QByteArrayView target);
/// The same for free text, such as the error message of an upstream.
[[nodiscard]] QByteArray redactedText(QByteArrayView text);
/// The same for the content of a message: also strings of JSON whose member has the name of a
/// secret (`"api_key": "…"`), and those that the end of the text cuts off.
[[nodiscard]] QByteArray redactedContent(const QByteArray& content);

} // namespace sallyport
