// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/ascii.h"

#include <QByteArray>
#include <QByteArrayView>

/// Percent-encoding of RFC 3986 2.1.
namespace sallyport::percent {

/// ALPHA, DIGIT, "-", ".", "_" and "~" (RFC 3986 2.3), which mean the same encoded or not.
[[nodiscard]] constexpr bool isUnreserved(char c) {
    const char lower = ascii::toLower(c);
    return (lower >= 'a' && lower <= 'z') || ascii::isDigit(c) || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

/// Whether `%` and two hexadecimal digits stand at that place.
[[nodiscard]] inline bool isTriplet(QByteArrayView text, qsizetype at) {
    return text[at] == '%' && at + 2 < text.size() && ascii::isHexDigit(text[at + 1]) &&
           ascii::isHexDigit(text[at + 2]);
}

/// The byte that the triplet at that place stands for.
[[nodiscard]] inline char tripletValue(QByteArrayView text, qsizetype at) {
    return static_cast<char>(ascii::hexValue(text[at + 1]) * 16 + ascii::hexValue(text[at + 2]));
}

/// Appends `byte` as a triplet, with digits in upper case (RFC 3986 6.2.2.1).
inline void appendTriplet(QByteArray& out, char byte) {
    constexpr const char* kDigits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    out.append('%').append(kDigits[value >> 4]).append(kDigits[value & 0x0F]);
}

/// `text` with the triplets of those bytes undone, once; what is no triplet stays.
template <typename IsWanted>
[[nodiscard]] QByteArray decoded(QByteArrayView text, IsWanted isWanted) {
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isUndone = isTriplet(text, i) && isWanted(tripletValue(text, i));
        out += isUndone ? tripletValue(text, i) : text[i];
        if (isUndone) i += 2;
    }
    return out;
}

} // namespace sallyport::percent
