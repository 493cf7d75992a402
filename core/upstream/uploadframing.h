// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// Frames the content of one request and keeps its promise: a length that was announced is neither
/// exceeded nor fallen short of, since the rest would be read as another request.
class UploadFraming {
public:
    explicit UploadFraming(const Framing& framing)
        : m_kind(framing.kind)
        , m_remaining(framing.length)
        , m_isFinished(framing.kind == BodyKind::None) {}

    /// Takes note of a piece; false when it must not be sent.
    [[nodiscard]] bool accept(qsizetype bytes);
    /// The content is whole; false when the announced length was not reached.
    [[nodiscard]] bool finish();
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    [[nodiscard]] bool isChunked() const { return m_kind == BodyKind::Chunked; }
    /// Appends a piece that was accepted, framed.
    void append(QByteArray& out, QByteArrayView bytes) const;
    /// Appends what stands at the end of the content.
    void appendEnd(QByteArray& out, const FieldList& trailers) const;

private:
    BodyKind m_kind;
    quint64 m_remaining;
    bool m_isFinished;
};

} // namespace sallyport
