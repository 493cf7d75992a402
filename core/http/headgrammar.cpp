// SPDX-License-Identifier: MIT
#include "core/http/headgrammar.h"

#include "core/support/ascii.h"

#include <cstring>

namespace sallyport::grammar {

namespace {

constexpr bool contains(const char* set, int c) {
    for (; *set != '\0'; ++set) {
        if (*set == static_cast<char>(c)) return true;
    }
    return false;
}

constexpr std::array<std::uint8_t, 256> makeByteClasses() {
    std::array<std::uint8_t, 256> table{};
    for (int c = 0; c < 256; ++c) {
        const bool isAlnum =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool isUriByte = isAlnum || contains("-._~%!$&'()*+,;=:@/", c);
        // Outside RFC 3986, but browsers and Node leave them as they are (WHATWG URL), and no
        // parser reads them in two ways.
        const bool isLeftAsIs = contains("|^`{}[]", c);
        unsigned classes = 0;
        if (isAlnum || contains("!#$%&'*+-.^_`|~", c)) classes |= TokenByte;
        if (c == '\t' || (c >= 0x20 && c != 0x7f)) classes |= FieldByte;
        if (isUriByte || isLeftAsIs) classes |= PathByte | QueryByte;
        if (c == '?' || c == '\\') classes |= QueryByte;
        if (isAlnum || contains("-._~", c)) classes |= HostByte;
        table[static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(classes);
    }
    return table;
}

} // namespace

constinit const std::array<std::uint8_t, 256> kByteClasses = makeByteClasses();

qsizetype spanOf(QByteArrayView text, ByteClass wanted) {
    qsizetype at = 0;
    while (at < text.size() && isByte(text[at], wanted))
        ++at;
    return at;
}

bool isToken(QByteArrayView text) {
    return !text.isEmpty() && spanOf(text, TokenByte) == text.size();
}

bool isFieldText(QByteArrayView text) {
    // Bytes and no branch in the loop, so that the compiler makes vectors of it.
    std::uint8_t bad = 0;
    for (const char byte : text) {
        const auto c = static_cast<std::uint8_t>(byte);
        const auto isControl = static_cast<std::uint8_t>(c < 0x20 ? 1 : 0);
        const auto isTab = static_cast<std::uint8_t>(c == '\t' ? 1 : 0);
        const auto isDel = static_cast<std::uint8_t>(c == 0x7f ? 1 : 0);
        bad = static_cast<std::uint8_t>(bad | (isControl ^ isTab) | isDel);
    }
    return bad == 0;
}

VersionText parseVersion(QByteArrayView text) {
    const bool isOfGrammar = text.size() == 8 && text.startsWith("HTTP/") &&
                             ascii::isDigit(text[5]) && text[6] == '.' && ascii::isDigit(text[7]);
    if (!isOfGrammar) return {std::nullopt, ParseErrorKind::BadStartLine};
    if (text[5] != '1') return {std::nullopt, ParseErrorKind::BadVersion};
    return {text[7] == '0' ? 0 : 1, ParseErrorKind::BadStartLine};
}

LineStep LineReader::next(QByteArrayView& input, qsizetype limit) {
    if (m_isPartUsed) {
        m_part.resize(0);
        m_isPartUsed = false;
    }
    if (input.isEmpty()) return LineStep::NeedMore;
    const void* lf = std::memchr(input.data(), '\n', static_cast<std::size_t>(input.size()));
    if (lf == nullptr) {
        if (m_part.size() + input.size() > limit) return LineStep::TooLong;
        m_part.append(input);
        input = {};
        return LineStep::NeedMore;
    }
    const qsizetype size = static_cast<const char*>(lf) - input.data() + 1;
    const QByteArrayView end = input.first(size);
    input = input.sliced(size);
    if (m_part.isEmpty()) return finish(end, limit);
    if (m_part.size() + size > limit) return LineStep::TooLong;
    m_part.append(end);
    m_isPartUsed = true;
    return finish(m_part, limit);
}

LineStep LineReader::finish(QByteArrayView whole, qsizetype limit) {
    if (whole.size() > limit) return LineStep::TooLong;
    if (whole.size() < 2 || whole[whole.size() - 2] != '\r') return LineStep::BadEnd;
    m_line = whole.chopped(2);
    return LineStep::Line;
}

void LineReader::reset() {
    m_part.resize(0);
    m_isPartUsed = false;
}

void FieldSectionReader::start(qsizetype bytes, std::size_t lines) {
    m_lines.reset();
    m_bytesLeft = bytes;
    m_linesLeft = lines;
}

SectionStep FieldSectionReader::next(QByteArrayView& input, FieldList& out) {
    while (true) {
        switch (m_lines.next(input, m_bytesLeft)) {
        case LineStep::NeedMore: return SectionStep::NeedMore;
        case LineStep::TooLong:
            return fail(ParseErrorKind::HeadTooLarge, "the field section is too large");
        case LineStep::BadEnd:
            return fail(ParseErrorKind::BadLineEnd, "a line feed without a carriage return");
        case LineStep::Line: break;
        }
        const QByteArrayView line = m_lines.line();
        m_bytesLeft -= line.size() + 2;
        if (line.isEmpty()) return SectionStep::Complete;
        if (takeField(line, out) == SectionStep::Error) return SectionStep::Error;
    }
}

SectionStep FieldSectionReader::takeField(QByteArrayView line, FieldList& out) {
    if (m_linesLeft == 0) return fail(ParseErrorKind::HeadTooLarge, "there are too many fields");
    --m_linesLeft;
    const qsizetype nameSize = spanOf(line, TokenByte);
    qsizetype colon = nameSize;
    if (m_blank == BlankBeforeColon::Removed && nameSize > 0) {
        while (colon < line.size() && ascii::isOws(line[colon]))
            ++colon;
    }
    if (nameSize == 0 || colon == line.size() || line[colon] != ':') return refuseName(line, colon);
    const QByteArrayView value = ascii::trimmedOws(line.sliced(colon + 1));
    if (!isFieldText(value)) {
        return value.contains('\r')
                   ? fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed")
                   : fail(ParseErrorKind::BadFieldValue, "a control byte in a field value");
    }
    out.append(line.first(nameSize), value);
    return SectionStep::NeedMore;
}

SectionStep FieldSectionReader::refuseName(QByteArrayView line, qsizetype at) {
    if (ascii::isOws(line[0]))
        return fail(ParseErrorKind::BadFieldName, "a line that starts with a blank");
    if (at == line.size()) return fail(ParseErrorKind::BadFieldName, "a field without a colon");
    if (line[at] == '\r')
        return fail(ParseErrorKind::BadLineEnd, "a carriage return without a line feed");
    if (ascii::isOws(line[at]))
        return fail(ParseErrorKind::BadFieldName, "a blank in a field name or before the colon");
    return fail(ParseErrorKind::BadFieldName,
                at == 0 ? "an empty field name" : "a field name that is not a token");
}

SectionStep FieldSectionReader::fail(ParseErrorKind kind, const char* reason) {
    m_error = {kind, reason};
    return SectionStep::Error;
}

} // namespace sallyport::grammar
