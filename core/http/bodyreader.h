// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/chunkedreader.h"
#include "core/http/framing.h"

#include <QByteArrayView>

namespace sallyport {

/// Reads the content that follows a head, whichever way its end is found (RFC 9112 6.3).
class BodyReader {
public:
    explicit BodyReader(grammar::BlankBeforeColon blank)
        : m_chunked(blank) {}
    void start(const Framing& framing, const ParseLimits& limits);
    /// As ChunkedReader::next(). Content that ends with the connection has no End here.
    ParseOutcome next(QByteArrayView input, FieldList& trailers);
    [[nodiscard]] const Framing& framing() const { return m_framing; }
    [[nodiscard]] const ParseError& error() const { return m_chunked.error(); }
    /// Whether the content is whole when nothing more comes.
    [[nodiscard]] bool isWholeAtEnd() const;

private:
    ChunkedReader m_chunked;
    Framing m_framing;
    quint64 m_left = 0;
};

} // namespace sallyport
