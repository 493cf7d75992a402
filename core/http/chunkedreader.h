// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/headgrammar.h"
#include "core/http/parseoutcome.h"

#include <QByteArrayView>

namespace sallyport {

/// Undoes the chunked transfer coding (RFC 9112 7.1) piece by piece; content is not copied.
/// Extensions are checked, counted and dropped. Nothing but the grammar passes: CRLF only,
/// hexadecimal digits only, no blank that the grammar does not have.
class ChunkedReader {
public:
    explicit ChunkedReader(grammar::BlankBeforeColon blank)
        : m_trailers(blank) {}
    /// Starts a new coded content.
    void start(const ParseLimits& limits);
    /// Body, End, NeedMore or Error, with the meaning that ParseStep gives them. Trailer fields
    /// are added to `trailers`.
    ParseOutcome next(QByteArrayView input, FieldList& trailers);
    /// For ParseStep::Error.
    [[nodiscard]] const ParseError& error() const { return m_error; }

private:
    enum class State {
        SizeStart, ///< a size's first digit must come
        Size,
        BlankInLine,    ///< after a blank that only a ';' may follow
        ExtensionStart, ///< after ';'
        ExtensionName,
        ValueStart, ///< after '='
        Value,
        BlankAfterName, ///< after a name and a blank: '=' or ';'
        QuotedValue,
        QuotedPair,
        QuoteEnd,
        SizeLf,
        Content,
        ContentCr,
        ContentLf,
        Trailers,
        Ended,
        Failed,
    };
    void takeLineByte(char c);
    void takeSizeLine(char c);
    void takeSizeDigit(char c);
    void takeExtensionByte(char c);
    void takeExtensionEnd(char c);
    [[nodiscard]] bool isInWord() const;
    void takeQuotedByte(char c);
    void fail(const char* reason);
    ParseOutcome takeTrailers(QByteArrayView input, qsizetype before, FieldList& trailers);

    grammar::FieldSectionReader m_trailers;
    ParseError m_error;
    ParseLimits m_limits;
    State m_state = State::Ended;
    quint64 m_left = 0;
    int m_digits = 0;
    qsizetype m_lineBytes = 0;
    qsizetype m_extensionBytes = 0; ///< so far, less the content that came with them
};

} // namespace sallyport
