// SPDX-License-Identifier: MIT
#include "core/upstream/uploadframing.h"

#include "core/http/serialiser.h"

namespace sallyport {

bool UploadFraming::accept(qsizetype bytes) {
    if (m_isFinished) return false;
    if (m_kind == BodyKind::Chunked) return true;
    const auto size = static_cast<quint64>(bytes);
    if (size > m_remaining) return false;
    m_remaining -= size;
    return true;
}

bool UploadFraming::finish() {
    m_isFinished = true;
    return m_kind != BodyKind::Length || m_remaining == 0;
}

void UploadFraming::append(QByteArray& out, QByteArrayView bytes) const {
    if (isChunked()) appendChunkStart(out, bytes.size());
    out.append(bytes);
    if (isChunked()) out.append(kChunkEnd);
}

void UploadFraming::appendEnd(QByteArray& out, const FieldList& trailers) const {
    if (isChunked()) appendLastChunk(out, trailers);
}

} // namespace sallyport
