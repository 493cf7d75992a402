// SPDX-License-Identifier: MIT
#include "core/upstream/uploadframing.h"

#include "core/http/serialiser.h"

namespace sallyport {

bool UploadFraming::accept(qsizetype octets) {
    if (m_isFinished) return false;
    if (m_kind == BodyKind::Chunked) return true;
    const auto size = static_cast<quint64>(octets);
    if (size > m_remaining) return false;
    m_remaining -= size;
    return true;
}

bool UploadFraming::finish() {
    m_isFinished = true;
    return m_kind != BodyKind::Length || m_remaining == 0;
}

void UploadFraming::append(QByteArray& out, QByteArrayView octets) const {
    if (isChunked()) appendChunkStart(out, octets.size());
    out.append(octets);
    if (isChunked()) out.append(kChunkEnd);
}

void UploadFraming::appendEnd(QByteArray& out, const FieldList& trailers) const {
    if (isChunked()) appendLastChunk(out, trailers);
}

} // namespace sallyport
