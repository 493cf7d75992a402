// SPDX-License-Identifier: MIT
#include "core/http/chunkedreader.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kMaxSizeDigits = 16;
constexpr quint64 kMaxChunk = quint64{1} << 62;

} // namespace

void ChunkedReader::start(const ParseLimits& limits) {
    m_limits = limits;
    m_state = State::SizeStart;
    m_left = 0;
    m_digits = 0;
    m_lineBytes = 0;
    m_extensionBytes = 0;
}

ParseOutcome ChunkedReader::next(QByteArrayView input, FieldList& trailers) {
    qsizetype at = 0;
    while (m_state < State::Content || m_state == State::ContentCr || m_state == State::ContentLf) {
        if (at == input.size()) return {ParseStep::NeedMore, at, {}};
        takeLineByte(input[at++]);
    }
    if (m_state == State::Failed) return {ParseStep::Error, at, {}};
    if (m_state == State::Ended) return {ParseStep::End, at, {}};
    if (m_state == State::Trailers) return takeTrailers(input.sliced(at), at, trailers);
    if (at == input.size()) return {ParseStep::NeedMore, at, {}};
    const quint64 available = static_cast<quint64>(input.size() - at);
    const auto size = static_cast<qsizetype>(std::min(m_left, available));
    m_left -= static_cast<quint64>(size);
    if (m_left == 0) m_state = State::ContentCr;
    return {ParseStep::Body, at + size, input.sliced(at, size)};
}

ParseOutcome ChunkedReader::takeTrailers(QByteArrayView input, qsizetype before,
                                         FieldList& trailers) {
    const qsizetype given = input.size();
    const auto step = m_trailers.next(input, trailers);
    const qsizetype consumed = before + given - input.size();
    switch (step) {
    case grammar::SectionStep::NeedMore: return {ParseStep::NeedMore, consumed, {}};
    case grammar::SectionStep::Complete:
        m_state = State::Ended;
        return {ParseStep::End, consumed, {}};
    case grammar::SectionStep::Error: break;
    }
    m_state = State::Failed;
    m_error = {ParseErrorKind::BadTrailer,
               QByteArray("in a trailer: ").append(m_trailers.error().reason)};
    return {ParseStep::Error, consumed, {}};
}

void ChunkedReader::takeLineByte(char c) {
    if (m_state == State::ContentCr) {
        if (c != '\r') return fail("no line end behind a chunk");
        m_state = State::ContentLf;
        return;
    }
    if (m_state == State::ContentLf) {
        if (c != '\n') return fail("no line end behind a chunk");
        m_state = State::SizeStart;
        m_digits = 0;
        m_lineBytes = 0;
        return;
    }
    takeSizeLine(c);
}

void ChunkedReader::takeSizeLine(char c) {
    if (++m_lineBytes > m_limits.chunkLine) return fail("a chunk-size line that is too long");
    if (m_state == State::SizeStart || m_state == State::Size) return takeSizeDigit(c);
    if (m_state != State::SizeLf) {
        if (++m_extensionBytes > m_limits.chunkExtensions)
            return fail("more bytes of chunk extensions than of content");
        return takeExtensionByte(c);
    }
    if (c != '\n') return fail("a carriage return without a line feed in a chunk-size line");
    const auto extensions = static_cast<quint64>(m_extensionBytes);
    m_extensionBytes -= static_cast<qsizetype>(std::min(extensions, m_left));
    m_state = m_left == 0 ? State::Trailers : State::Content;
    if (m_left == 0) m_trailers.start(m_limits.trailers, m_limits.fields);
}

void ChunkedReader::takeSizeDigit(char c) {
    if (ascii::isHexDigit(c)) {
        if (++m_digits > kMaxSizeDigits) return fail("a chunk size with too many digits");
        m_left = (m_left << 4) | static_cast<quint64>(ascii::hexValue(c));
        if (m_left > kMaxChunk) return fail("a chunk size that is too large");
        m_state = State::Size;
        return;
    }
    if (m_state == State::SizeStart) return fail("a chunk size that is not hexadecimal");
    if (c == '\r') {
        m_state = State::SizeLf;
    } else if (c == ';') {
        m_state = State::ExtensionStart;
    } else if (ascii::isOws(c)) {
        m_state = State::BlankInLine;
    } else {
        fail("a chunk size that is not hexadecimal");
    }
}

// chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), RFC 9112 7.1.1
void ChunkedReader::takeExtensionByte(char c) {
    const bool isTokenByte = grammar::isByte(c, grammar::TokenByte);
    if (m_state == State::QuotedValue || m_state == State::QuotedPair) {
        takeQuotedByte(c);
    } else if (m_state == State::ExtensionStart) {
        if (isTokenByte)
            m_state = State::ExtensionName;
        else if (!ascii::isOws(c))
            fail("a chunk extension without a name");
    } else if (m_state == State::ValueStart) {
        if (isTokenByte)
            m_state = State::Value;
        else if (c == '"')
            m_state = State::QuotedValue;
        else if (!ascii::isOws(c))
            fail("a chunk extension without its value");
    } else if (!isTokenByte || !isInWord()) {
        takeExtensionEnd(c);
    }
}

// Behind a size, a name or a value: what may come is the next part, or the line's end.
void ChunkedReader::takeExtensionEnd(char c) {
    const bool isBehindName = m_state == State::ExtensionName || m_state == State::BlankAfterName;
    const bool isBehindBlank = m_state == State::BlankInLine || m_state == State::BlankAfterName;
    if (c == ';') {
        m_state = State::ExtensionStart;
    } else if (c == '=' && isBehindName) {
        m_state = State::ValueStart;
    } else if (ascii::isOws(c)) {
        m_state = isBehindName ? State::BlankAfterName : State::BlankInLine;
    } else if (c == '\r' && !isBehindBlank) {
        m_state = State::SizeLf;
    } else {
        fail("a byte that no chunk extension may have");
    }
}

bool ChunkedReader::isInWord() const {
    return m_state == State::ExtensionName || m_state == State::Value;
}

void ChunkedReader::takeQuotedByte(char c) {
    if (!grammar::isByte(c, grammar::FieldByte)) return fail("a control byte in a chunk extension");
    if (m_state == State::QuotedPair) {
        m_state = State::QuotedValue;
    } else if (c == '\\') {
        m_state = State::QuotedPair;
    } else if (c == '"') {
        m_state = State::QuoteEnd;
    }
}

void ChunkedReader::fail(const char* reason) {
    m_error = {ParseErrorKind::BadChunk, reason};
    m_state = State::Failed;
}

} // namespace sallyport
