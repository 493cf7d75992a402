// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/head.h"
#include "core/http/parseerror.h"
#include "core/support/result.h"

#include <QByteArrayView>

namespace sallyport {

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
