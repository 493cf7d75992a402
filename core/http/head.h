// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/parseerror.h"
#include "core/http/requesttarget.h"
#include "core/support/result.h"

#include <QByteArray>

namespace sallyport {

/// HTTP/1.`minor`; nothing else passes the parser.
struct Version {
    int minor = 1;
    friend bool operator==(Version, Version) = default;
};

/// A request's control data and fields (RFC 9112 3).
struct RequestHead {
    QByteArray method; ///< case-sensitive, as it came
    RequestTarget target;
    Version version;
    FieldList fields;
};

/// A response's control data and fields (RFC 9112 4).
struct ResponseHead {
    Version version;
    int status = 0; ///< 100 to 999
    QByteArray reason;
    FieldList fields;

    [[nodiscard]] bool isInterim() const { return status >= 100 && status < 200 && status != 101; }
};

/// How the end of a message's content is found (RFC 9112 6.3).
enum class BodyKind { None, Length, Chunked, UntilClose };

struct Framing {
    BodyKind kind = BodyKind::None;
    quint64 length = 0; ///< bytes; for BodyKind::Length
    friend bool operator==(const Framing&, const Framing&) = default;
};

/// Framing of a request. Every ambiguity is an error (RFC 9112 6.1, 6.3, 11.2).
[[nodiscard]] Result<Framing, ParseError> requestFraming(Version version, const FieldList& fields);
/// Framing of the final response to a request with that method. HEAD, 1xx, 204, 304 and 2xx to
/// CONNECT have none whatever the fields say.
[[nodiscard]] Result<Framing, ParseError> responseFraming(const ResponseHead& head,
                                                          QByteArrayView requestMethod);
/// Whether the sender of this head keeps the connection open after the message (RFC 9112 9.3).
[[nodiscard]] bool isPersistent(Version version, const FieldList& fields);

} // namespace sallyport
