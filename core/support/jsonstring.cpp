// SPDX-License-Identifier: MIT
#include "core/support/jsonstring.h"

#include "core/support/ascii.h"

#include <QString>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

constexpr qsizetype kUnitEscapeBytes = 6; ///< `\uXXXX`

void appendEscaped(QByteArray& out, char c) {
    constexpr QByteArrayView kHex("0123456789abcdef");
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
        out += c;
        return;
    }
    out += "\\u00";
    out += kHex[byte >> 4U];
    out += kHex[byte & 0xfU];
}

/// The UTF-16 unit of a `\uXXXX` at `at`.
std::optional<char16_t> unitAt(QByteArrayView text, qsizetype at) {
    if (text.size() - at < kUnitEscapeBytes || text[at] != '\\' || text[at + 1] != 'u') return {};
    const QByteArrayView digits = text.sliced(at + 2, 4);
    if (!std::all_of(digits.begin(), digits.end(), ascii::isHexDigit)) return {};
    unsigned unit = 0;
    for (const char c : digits)
        unit = unit * 16 + static_cast<unsigned>(ascii::hexValue(c));
    return static_cast<char16_t>(unit);
}

/// What the letter of an escape of two bytes stands for.
std::optional<char> byteOfEscape(char letter) {
    switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return {};
    }
}

/// Appends what the escape at `at` stands for; returns where the text goes on.
qsizetype appendUnescaped(QByteArray& out, QByteArrayView inner, qsizetype at) {
    const auto unit = unitAt(inner, at);
    if (!unit) {
        const bool isCut = at + 1 == inner.size();
        const auto byte = isCut ? std::optional<char>() : byteOfEscape(inner[at + 1]);
        if (byte)
            out += *byte;
        else
            out += QString(QChar::ReplacementCharacter).toUtf8();
        return isCut ? at + 1 : at + 2;
    }
    qsizetype next = at + kUnitEscapeBytes;
    QString units{QChar(*unit)};
    const auto low = unitAt(inner, next);
    if (QChar::isHighSurrogate(*unit) && low && QChar::isLowSurrogate(*low)) {
        units += QChar(*low);
        next += kUnitEscapeBytes;
    } else if (QChar::isSurrogate(*unit)) {
        units = QChar::ReplacementCharacter;
    }
    out += units.toUtf8();
    return next;
}

} // namespace

void appendJsonString(QByteArray& out, QByteArrayView utf8) {
    out += '"';
    for (const char c : utf8)
        appendEscaped(out, c);
    out += '"';
}

QByteArray jsonString(QByteArrayView utf8) {
    QByteArray out;
    out.reserve(utf8.size() + 2);
    appendJsonString(out, utf8);
    return out;
}

QByteArray decodedJsonString(QByteArrayView literal) {
    Q_ASSERT(literal.size() >= 2);
    const QByteArrayView inner = literal.sliced(1, literal.size() - 2);
    QByteArray out;
    out.reserve(inner.size());
    for (qsizetype at = 0; at < inner.size();) {
        const qsizetype escape = inner.indexOf('\\', at);
        const qsizetype end = escape < 0 ? inner.size() : escape;
        out += inner.sliced(at, end - at);
        at = escape < 0 ? end : appendUnescaped(out, inner, escape);
    }
    return out;
}

} // namespace sallyport
