// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/proxy/downstream.h"
#include "core/proxy/exchangemachine.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// A head without fields.
[[nodiscard]] ResponseHead headOf(int status, QByteArrayView reason);

/// Writes the response of one exchange to its client, in the framing that the client is shown
/// (RFC 9112 6, 7). What is small waits for flush(), so that a head leaves together with the first
/// content.
class ResponseWriter {
public:
    /// Pieces up to this size are copied to what waits, larger ones go from where they are: a copy
    /// of 16 KiB costs less than a second system call.
    static constexpr qsizetype kCopiedBytes = 16 * 1024;

    explicit ResponseWriter(Downstream& downstream)
        : m_downstream(downstream)
        , m_waiting(downstream.outputBuffer()) {}

    /// An interim response or a 101; its hop-by-hop fields do not go on.
    void interim(const ResponseHead& head);
    /// The head of the final response; content follows in `framing`.
    void head(const ResponseHead& head, const FieldList& fields, DownstreamFraming framing);
    /// Nothing is written where the framing is None.
    void content(QByteArrayView bytes);
    /// The last chunk with its trailer section.
    void lastChunk(const FieldList& trailers);
    void flush();

private:
    Downstream& m_downstream;
    QByteArray& m_waiting;
    DownstreamFraming m_framing = DownstreamFraming::None;
};

} // namespace sallyport
