// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>

namespace sallyport::ascii {

/// ASCII only, whatever the locale: protocol text is not language.
[[nodiscard]] constexpr char toLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
[[nodiscard]] constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// The value of a hexadecimal digit; the caller has made sure that it is one.
[[nodiscard]] constexpr int hexValue(char c) {
    return isDigit(c) ? c - '0' : toLower(c) - 'a' + 10;
}

[[nodiscard]] inline bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return toLower(x) == toLower(y);
           });
}
[[nodiscard]] inline QByteArray lowered(QByteArrayView text) {
    QByteArray out(text.data(), text.size());
    for (char& c : out)
        c = toLower(c);
    return out;
}
/// A byte of optional whitespace, RFC 9110 5.6.3.
[[nodiscard]] constexpr bool isOws(char c) { return c == ' ' || c == '\t'; }
/// Without the optional whitespace around it.
[[nodiscard]] inline QByteArrayView trimmedOws(QByteArrayView text) {
    while (!text.isEmpty() && isOws(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isOws(text.back()))
        text.chop(1);
    return text;
}

} // namespace sallyport::ascii
