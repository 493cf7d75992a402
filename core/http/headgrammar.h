// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/parseerror.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <optional>

// The lexical rules that requests, responses and trailer sections share (RFC 9110 5, RFC 9112 2,
// 5).
namespace sallyport::grammar {

/// What a byte may be part of; a table look-up each.
enum ByteClass : std::uint8_t {
    TokenByte = 1, ///< tchar, RFC 9110 5.6.2
    FieldByte = 2, ///< SP, HTAB, VCHAR and obs-text, RFC 9110 5.5
    PathByte = 4,  ///< in the path of a request target
    QueryByte = 8, ///< in the query of a request target
    HostByte = 16, ///< in a registered name or IPv4 address
};
extern const std::array<std::uint8_t, 256> kByteClasses;

[[nodiscard]] inline bool isByte(char c, ByteClass wanted) {
    return (kByteClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}
/// Length of the longest start of `text` that consists of such bytes.
[[nodiscard]] qsizetype spanOf(QByteArrayView text, ByteClass wanted);
/// Not empty, and tchar throughout.
[[nodiscard]] bool isToken(QByteArrayView text);
/// Nothing but SP, HTAB, VCHAR and obs-text; may be empty.
[[nodiscard]] bool isFieldText(QByteArrayView text);
/// Parses `HTTP/1.x`; a minor number above 1 is read as 1 (RFC 9110 2.5). Empty when it is not of
/// the grammar; a failure of kind BadVersion when it is, with another major number.
struct VersionText {
    std::optional<int> minor;
    ParseErrorKind kind = ParseErrorKind::BadStartLine;
};
[[nodiscard]] VersionText parseVersion(QByteArrayView text);

/// How a LineReader's step went.
enum class LineStep {
    NeedMore, ///< the input is used up and kept
    Line,     ///< line() is the next line
    TooLong,  ///< no line end within the limit
    BadEnd,   ///< a LF without a CR before it
};

/// Cuts CRLF-ended lines out of input that comes in pieces. Copies only what a piece ended in.
class LineReader {
public:
    /// Takes one line from the front of `input`; `limit` counts its bytes with the line end.
    LineStep next(QByteArrayView& input, qsizetype limit);
    /// Without its CRLF; valid until the next call and while the input is.
    [[nodiscard]] QByteArrayView line() const { return m_line; }
    void reset();

private:
    LineStep finish(QByteArrayView whole, qsizetype limit);
    QByteArrayView m_line;
    QByteArray m_part;
    bool m_isPartUsed = false;
};

/// RFC 9112 5.1: a blank before the colon makes a request bad; from a response it is removed.
enum class BlankBeforeColon { Refused, Removed };

enum class SectionStep { NeedMore, Complete, Error };

/// Reads a field section up to and including the empty line after it, into a FieldList.
class FieldSectionReader {
public:
    explicit FieldSectionReader(BlankBeforeColon blank)
        : m_blank(blank) {}
    /// Starts a section of at most that many bytes and lines.
    void start(qsizetype bytes, std::size_t lines);
    /// Takes what it can from the front of `input`.
    SectionStep next(QByteArrayView& input, FieldList& out);
    /// For SectionStep::Error.
    [[nodiscard]] const ParseError& error() const { return m_error; }

private:
    SectionStep fail(ParseErrorKind kind, const char* reason);
    SectionStep takeField(QByteArrayView line, FieldList& out);
    SectionStep refuseName(QByteArrayView line, qsizetype at);
    LineReader m_lines;
    ParseError m_error;
    qsizetype m_bytesLeft = 0;
    std::size_t m_linesLeft = 0;
    BlankBeforeColon m_blank;
};

} // namespace sallyport::grammar
