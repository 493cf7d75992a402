// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"
#include "core/http/responseparser.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace sallyport::test {

/// All that a parser said about one message, in a form that can be compared.
struct Reading {
    bool hasHead = false;
    QByteArray head; ///< start line and fields, one per line, as the parser understood them
    Framing framing;
    QByteArray body;
    FieldList trailers;
    bool isWhole = false;
    std::optional<ParseErrorKind> error;
    QByteArray reason;
    qsizetype consumed = 0; ///< bytes of the input that belong to the message
    friend bool operator==(const Reading&, const Reading&) = default;
};

inline QByteArray linesOf(const FieldList& fields) {
    QByteArray out;
    for (const FieldView field : fields)
        out.append(field.name).append('=').append(field.value).append('\n');
    return out;
}

inline QByteArray described(const RequestHead& head) {
    QByteArray out = head.method;
    out.append(' ')
        .append(head.target.text)
        .append(" 1.")
        .append(QByteArray::number(head.version.minor))
        .append('\n');
    return out.append(linesOf(head.fields));
}

inline QByteArray described(const ResponseHead& head) {
    QByteArray out("1.");
    out.append(QByteArray::number(head.version.minor))
        .append(' ')
        .append(QByteArray::number(head.status))
        .append(' ')
        .append(head.reason)
        .append('\n');
    return out.append(linesOf(head.fields));
}

/// Gives one piece to the parser; false when nothing more may be given.
template <typename Parser>
bool feed(Parser& parser, QByteArrayView piece, Reading& reading) {
    while (true) {
        const ParseOutcome outcome = parser.next(piece);
        reading.consumed += outcome.consumed;
        piece = piece.sliced(outcome.consumed);
        switch (outcome.step) {
        case ParseStep::NeedMore: return true;
        case ParseStep::Head:
            reading.hasHead = true;
            reading.head = described(parser.head());
            reading.framing = parser.framing();
            break;
        case ParseStep::Body: reading.body.append(outcome.body); break;
        case ParseStep::End:
            reading.isWhole = true;
            reading.trailers = parser.trailers();
            return false;
        case ParseStep::Error:
            reading.error = parser.error().kind;
            reading.reason = parser.error().reason;
            // Where in the input an error is noticed may depend on the pieces; that it is may not.
            reading.consumed = 0;
            return false;
        }
    }
}

/// Reads the first message of `pieces`.
template <typename Parser>
Reading read(Parser& parser, const std::vector<QByteArrayView>& pieces) {
    Reading reading;
    for (const QByteArrayView piece : pieces) {
        if (!feed(parser, piece, reading)) break;
    }
    return reading;
}

inline Reading readRequest(const std::vector<QByteArrayView>& pieces, ParseLimits limits = {}) {
    RequestParser parser(limits);
    return read(parser, pieces);
}

/// Reads a final response; the connection ends behind the pieces when `isClosed`.
inline Reading readResponse(const std::vector<QByteArrayView>& pieces, QByteArrayView method,
                            bool isClosed, ParseLimits limits = {}) {
    ResponseParser parser(limits);
    parser.expectResponseTo(method);
    Reading reading = read(parser, pieces);
    if (!isClosed || reading.isWhole || reading.error) return reading;
    const ParseOutcome outcome = parser.finish();
    if (outcome.step == ParseStep::End) reading.isWhole = true;
    if (outcome.step == ParseStep::Error) {
        reading.error = parser.error().kind;
        reading.reason = parser.error().reason;
        reading.consumed = 0;
    }
    return reading;
}

/// The message cut at `at`, and the message byte by byte.
inline std::vector<QByteArrayView> cutAt(QByteArrayView message, qsizetype at) {
    return {message.first(at), message.sliced(at)};
}
inline std::vector<QByteArrayView> cutEverywhere(QByteArrayView message) {
    std::vector<QByteArrayView> pieces;
    for (qsizetype at = 0; at < message.size(); ++at)
        pieces.push_back(message.sliced(at, 1));
    return pieces;
}

} // namespace sallyport::test
