// SPDX-License-Identifier: MIT
#include "core/anthropic/jsontext.h"

namespace sallyport {

namespace {

void appendEscaped(QByteArray& out, char c) {
    constexpr char kHex[] = "0123456789abcdef";
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

} // namespace

void appendJsonString(QByteArray& out, const QString& text) {
    out += '"';
    for (const char c : text.toUtf8())
        appendEscaped(out, c);
    out += '"';
}

} // namespace sallyport
