// SPDX-License-Identifier: MIT
#include "core/anthropic/tokenestimator.h"

#include "core/support/ascii.h"
#include "core/support/jsonstring.h"

#include <QStringBuilder>

#include <algorithm>

namespace sallyport {

namespace {

constexpr qint64 kQuartersPerToken = 4;
constexpr qint64 kImageTokens = 1600;
constexpr qint64 kLeastBase64 = 1024;

/// Quarters of a token for one character of UTF-8 by its first byte; 0 for the bytes after it.
int quartersOf(unsigned char byte) {
    if (byte < 0x80) return 1;
    if (byte < 0xC0) return 0;
    if (byte < 0xE0) return 2;
    return byte < 0xF0 ? 4 : 8;
}

/// The same for a UTF-16 unit; each half of a pair counts for half.
int quartersOfUnit(unsigned unit) {
    if (unit < 0x80) return 1;
    if (unit < 0x800) return 2;
    return 4;
}

bool isBase64(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '+' || c == '/' ||
           c == '=' || c == '-' || c == '_';
}

unsigned hexValue(char c) {
    if (ascii::isDigit(c)) return static_cast<unsigned>(c - '0');
    const char lower = ascii::toLower(c);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10U : 0U;
}

} // namespace

void TokenEstimator::feed(QByteArrayView json) {
    for (const char c : json) {
        switch (m_place) {
        case Place::Between: takeBetween(c); break;
        case Place::InString: takeInString(c); break;
        case Place::AfterBackslash:
        case Place::InEscape: takeEscape(c); break;
        }
    }
}

void TokenEstimator::takeBetween(char c) {
    if (c != '"') {
        m_quarters += isJsonWhitespace(c) ? 0 : 1;
        return;
    }
    m_place = Place::InString;
    m_stringQuarters = 0;
    m_stringBytes = 0;
    m_isBase64 = true;
}

void TokenEstimator::takeInString(char c) {
    if (c == '"')
        endString();
    else if (c == '\\')
        m_place = Place::AfterBackslash;
    else
        countCharacter(c);
}

void TokenEstimator::takeEscape(char c) {
    constexpr int kDigits = 4;
    if (m_place == Place::AfterBackslash) {
        m_place = c == 'u' ? Place::InEscape : Place::InString;
        m_escapeDigits = 0;
        m_escaped = 0;
        // `\/` is how some write the slash of base64.
        if (c != 'u') countCharacter(c == '/' ? '/' : ' ');
        return;
    }
    m_escaped = m_escaped * 16U + hexValue(c);
    if (++m_escapeDigits < kDigits) return;
    m_stringQuarters += quartersOfUnit(m_escaped);
    m_isBase64 = false;
    m_place = Place::InString;
}

void TokenEstimator::countCharacter(char c) {
    m_stringQuarters += quartersOf(static_cast<unsigned char>(c));
    ++m_stringBytes;
    m_isBase64 = m_isBase64 && isBase64(c);
}

void TokenEstimator::endString() {
    const bool isImage = m_isBase64 && m_stringBytes >= kLeastBase64;
    m_quarters += isImage ? kImageTokens * kQuartersPerToken : m_stringQuarters;
    m_stringQuarters = 0;
    m_place = Place::Between;
}

qint64 TokenEstimator::tokens() const {
    const qint64 quarters = m_quarters + m_stringQuarters;
    return std::max<qint64>(1, (quarters + kQuartersPerToken - 1) / kQuartersPerToken);
}

QByteArray estimateBody(qint64 tokens) {
    return QByteArray(R"({"input_tokens":)") + QByteArray::number(tokens) +
           QByteArray(R"(,"estimated":true})");
}

} // namespace sallyport
