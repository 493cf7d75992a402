// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Whitespace of JSON (RFC 8259 2): space, tab, line feed, carriage return.
[[nodiscard]] constexpr bool isJsonWhitespace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Appends `utf8` as a JSON string (RFC 8259 7) with its quotes. Quotes, backslashes, control
/// characters and DEL are escaped, all other bytes stay as they are.
void appendJsonString(QByteArray& out, QByteArrayView utf8);
[[nodiscard]] QByteArray jsonString(QByteArrayView utf8);

/// What a JSON string (with its quotes) stands for, as UTF-8. Lenient as JSON.parse is: half a
/// surrogate pair becomes U+FFFD. So does an escape that is unknown or cut; bytes outside escapes
/// stay as they are.
[[nodiscard]] QByteArray decodedJsonString(QByteArrayView literal);

} // namespace sallyport
