// SPDX-License-Identifier: MIT
#include "core/anthropic/lossyutf8.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr QByteArrayView kByteOrderMark("\xef\xbb\xbf");

/// What a lead byte asks of the bytes after it.
struct Lead {
    int following = 0; ///< 0: no lead byte
    unsigned char least = 0x80;
    unsigned char most = 0xbf; ///< of the first byte that follows
    char32_t bits = 0;
};

Lead leadOf(unsigned char c) {
    if (c >= 0xc2 && c <= 0xdf) return {1, 0x80, 0xbf, c & 0x1fU};
    if (c == 0xe0) return {2, 0xa0, 0xbf, 0};
    if (c == 0xed) return {2, 0x80, 0x9f, 0xdU};
    if (c >= 0xe1 && c <= 0xef) return {2, 0x80, 0xbf, c & 0xfU};
    if (c == 0xf0) return {3, 0x90, 0xbf, 0};
    if (c >= 0xf1 && c <= 0xf3) return {3, 0x80, 0xbf, c & 7U};
    if (c == 0xf4) return {3, 0x80, 0x8f, 4};
    return {};
}

/// Appends what the sequence at `at` stands for; returns where the next one begins.
qsizetype appendSequence(QString& out, QByteArrayView utf8, qsizetype at) {
    const Lead lead = leadOf(static_cast<unsigned char>(utf8[at++]));
    char32_t code = lead.bits;
    for (int i = 0; i < lead.following; ++i) {
        const auto byte = at < utf8.size() ? static_cast<unsigned char>(utf8[at]) : 0U;
        const bool isGood =
            i == 0 ? byte >= lead.least && byte <= lead.most : byte >= 0x80 && byte <= 0xbf;
        if (!isGood) {
            out += QChar(QChar::ReplacementCharacter);
            return at;
        }
        code = (code << 6U) | (byte & 0x3fU);
        ++at;
    }
    if (lead.following == 0)
        out += QChar(QChar::ReplacementCharacter);
    else
        out += QChar::fromUcs4(code);
    return at;
}

} // namespace

QString decodedLossily(QByteArrayView utf8) {
    // QString::fromUtf8 skips a byte order mark as well.
    if (utf8.startsWith(kByteOrderMark)) utf8 = utf8.sliced(kByteOrderMark.size());
    if (utf8.isValidUtf8()) return QString::fromUtf8(utf8);
    QString out;
    out.reserve(utf8.size());
    for (qsizetype at = 0; at < utf8.size();) {
        const auto* const from = utf8.begin() + at;
        const auto* const end = std::find_if(
            from, utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        out += QLatin1String(from, end - from);
        at += end - from;
        if (at < utf8.size()) at = appendSequence(out, utf8, at);
    }
    return out;
}

} // namespace sallyport
