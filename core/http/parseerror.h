// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace sallyport {

/// What a message was refused for; the tests have a row for each.
enum class ParseErrorKind {
    BadStartLine, ///< method, target, version or status is not of the grammar
    BadTarget,
    BadVersion,          ///< not HTTP/1.x (505)
    TargetTooLong,       ///< 414
    HeadTooLarge,        ///< bytes or number of fields over the limit (431)
    BadFieldName,        ///< includes a blank before the colon and obs-fold
    BadFieldValue,       ///< CR, LF, NUL or another control byte
    BadLineEnd,          ///< bare CR or bare LF
    BadHost,             ///< missing in 1.1, repeated, or not an authority
    BadContentLength,    ///< not 1*DIGIT, overflowing, or lines that differ
    BadTransferEncoding, ///< not exactly one final `chunked`, or in HTTP/1.0
    UnsupportedCoding,   ///< a transfer coding that we do not know (501)
    LengthAndEncoding,   ///< both Content-Length and Transfer-Encoding
    BadChunk,            ///< size, extension, or its line end
    BadTrailer,
    Truncated, ///< the connection ended before the message did
};

/// A refusal, with the sentence that a person can act on.
struct ParseError {
    ParseErrorKind kind = ParseErrorKind::BadStartLine;
    QByteArray reason; ///< English, one clause, no bytes of the message that could be a secret
    friend bool operator==(const ParseError&, const ParseError&) = default;
};

} // namespace sallyport
