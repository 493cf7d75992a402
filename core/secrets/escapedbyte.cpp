// SPDX-License-Identifier: MIT
#include "core/secrets/escapedbyte.h"

#include "core/support/ascii.h"

namespace sallyport {

namespace {

/// Reads bytes of one level below, one after another.
class Reader {
public:
    Reader(QByteArrayView text, qsizetype at, int levels)
        : m_text(text)
        , m_start(at)
        , m_at(at)
        , m_levels(levels) {}

    [[nodiscard]] char next() {
        const EscapedByte read = readEscapedByte(m_text, m_at, m_levels);
        m_isCut = m_isCut || read.isCut;
        m_at += read.length;
        return read.byte;
    }
    /// The value of two hexadecimal digits; -1 for anything else.
    [[nodiscard]] int hexPair() {
        const char high = next();
        if (m_isCut || !ascii::isHexDigit(high)) return -1;
        const char low = next();
        if (m_isCut || !ascii::isHexDigit(low)) return -1;
        return ascii::hexValue(high) * 16 + ascii::hexValue(low);
    }
    [[nodiscard]] bool isCut() const { return m_isCut; }
    [[nodiscard]] EscapedByte result(int byte) const {
        return {static_cast<char>(byte), m_at - m_start, false};
    }

private:
    QByteArrayView m_text;
    qsizetype m_start;
    qsizetype m_at;
    int m_levels;
    bool m_isCut = false;
};

} // namespace

EscapedByte readEscapedByte(QByteArrayView text, qsizetype at, int levels) {
    if (at >= text.size()) return {0, 0, true};
    if (levels == 0) return {text[at], 1, false};
    Reader reader(text, at, levels - 1);
    const char first = reader.next();
    const EscapedByte plain = reader.result(static_cast<unsigned char>(first));
    if (reader.isCut()) return {0, 0, true};
    int byte = -1;
    if (first == '%') {
        byte = reader.hexPair();
    } else if (first == '\\') {
        const char second = reader.next();
        if (second == 'u' && !reader.isCut())
            byte = reader.hexPair() == 0 ? reader.hexPair() : -1;
        else if (second == '/' || second == '"' || second == '\\')
            byte = second;
    }
    if (reader.isCut()) return {0, 0, true};
    return byte < 0 ? plain : reader.result(byte);
}

} // namespace sallyport
