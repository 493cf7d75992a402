// SPDX-License-Identifier: MIT
#include "core/http/framing.h"

#include "core/support/ascii.h"

#include <limits>
#include <optional>

namespace sallyport {

namespace {

Failure<ParseError> badLength(const char* reason) {
    return {{ParseErrorKind::BadContentLength, reason}};
}
Failure<ParseError> badEncoding(const char* reason) {
    return {{ParseErrorKind::BadTransferEncoding, reason}};
}

/// What the field section says of the content's size, found in one pass.
struct SizeFields {
    QByteArrayView length;
    QByteArrayView encoding;
    int lengths = 0;
    int encodings = 0;
};

SizeFields sizeFields(const FieldList& fields) {
    SizeFields found;
    for (const FieldView field : fields) {
        if (field.name.size() == 14 && ascii::equalsIgnoreCase(field.name, "content-length")) {
            if (found.lengths++ == 0) found.length = field.value;
        } else if (field.name.size() == 17 &&
                   ascii::equalsIgnoreCase(field.name, "transfer-encoding")) {
            if (found.encodings++ == 0) found.encoding = field.value;
        }
    }
    return found;
}

/// 1*DIGIT below 2^63: what every recipient can count.
std::optional<quint64> parseLength(QByteArrayView text) {
    constexpr auto kMost = static_cast<quint64>(std::numeric_limits<qint64>::max());
    if (text.isEmpty()) return std::nullopt;
    quint64 length = 0;
    for (const char c : text) {
        if (!ascii::isDigit(c)) return std::nullopt;
        const auto digit = static_cast<quint64>(c - '0');
        if (length > (kMost - digit) / 10) return std::nullopt;
        length = length * 10 + digit;
    }
    return length;
}

/// One value for several lines or members that all say the same (RFC 9110 8.6).
std::optional<quint64> parseRepeatedLength(const FieldList& fields) {
    std::optional<quint64> agreed;
    for (const FieldView field : fields) {
        if (!ascii::equalsIgnoreCase(field.name, "content-length")) continue;
        QByteArrayView rest = field.value;
        while (true) {
            const qsizetype comma = rest.indexOf(',');
            const auto length =
                parseLength(ascii::trimmedOws(comma < 0 ? rest : rest.first(comma)));
            if (!length || (agreed && *agreed != *length)) return std::nullopt;
            agreed = length;
            if (comma < 0) break;
            rest = rest.sliced(comma + 1);
        }
    }
    return agreed;
}

Failure<ParseError> refuseEncoding(const FieldList& fields) {
    const QByteArray all = fields.combined("transfer-encoding");
    const auto members = listMembers(all);
    std::size_t chunked = 0;
    for (const QByteArrayView member : members)
        chunked += ascii::equalsIgnoreCase(member, "chunked") ? 1U : 0U;
    if (chunked == 1 && members.size() > 1 && ascii::equalsIgnoreCase(members.back(), "chunked"))
        return {{ParseErrorKind::UnsupportedCoding, "a transfer coding besides chunked"}};
    return badEncoding("a transfer coding other than one final chunked");
}

Result<Framing, ParseError> chunkedFraming(Version version, const SizeFields& found,
                                           const FieldList& fields) {
    if (version.minor == 0) return badEncoding("Transfer-Encoding in an HTTP/1.0 message");
    if (found.lengths > 0) {
        return Failure<ParseError>{
            {ParseErrorKind::LengthAndEncoding, "both Content-Length and Transfer-Encoding"}};
    }
    if (found.encodings > 1 || !ascii::equalsIgnoreCase(found.encoding, "chunked"))
        return refuseEncoding(fields);
    return Framing{BodyKind::Chunked, 0};
}

} // namespace

Result<Framing, ParseError> requestFraming(Version version, const FieldList& fields) {
    const SizeFields found = sizeFields(fields);
    if (found.encodings > 0) return chunkedFraming(version, found, fields);
    if (found.lengths == 0) return Framing{};
    if (found.lengths > 1) return badLength("more than one Content-Length");
    const auto length = parseLength(found.length);
    if (!length) return badLength("a Content-Length that is not a number below 2^63");
    return Framing{*length == 0 ? BodyKind::None : BodyKind::Length, *length};
}

Result<Framing, ParseError> responseFraming(const ResponseHead& head,
                                            QByteArrayView requestMethod) {
    const bool isConnected = requestMethod == "CONNECT" && head.status >= 200 && head.status < 300;
    if (head.status < 200 || head.status == 204 || isConnected) return Framing{};
    const SizeFields found = sizeFields(head.fields);
    Framing framing{BodyKind::UntilClose, 0};
    if (found.encodings > 0) {
        const auto chunked = chunkedFraming(head.version, found, head.fields);
        if (!chunked) return chunked;
        framing = *chunked;
    } else if (found.lengths > 0) {
        const auto length = parseRepeatedLength(head.fields);
        if (!length) return badLength("Content-Length is not one number below 2^63");
        framing = {*length == 0 ? BodyKind::None : BodyKind::Length, *length};
    }
    // After the checks: these fields are passed on, and must not mislead the next recipient.
    if (requestMethod == "HEAD" || head.status == 304) return Framing{};
    return framing;
}

bool isPersistent(Version version, const FieldList& fields) {
    if (fields.hasToken("connection", "close")) return false;
    return version.minor >= 1 || fields.hasToken("connection", "keep-alive");
}

} // namespace sallyport
