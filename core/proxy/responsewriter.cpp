// SPDX-License-Identifier: MIT
#include "core/proxy/responsewriter.h"

#include "core/http/serialiser.h"
#include "core/proxy/forwardedmessage.h"

namespace sallyport {

ResponseHead headOf(int status, QByteArrayView reason) {
    ResponseHead head;
    head.status = status;
    head.reason = reason.toByteArray();
    return head;
}

void ResponseWriter::interim(const ResponseHead& head) {
    appendResponseHead(m_waiting, head.status, head.reason, interimFields(head));
}

void ResponseWriter::head(const ResponseHead& head, const FieldList& fields,
                          DownstreamFraming framing) {
    m_framing = framing;
    appendResponseHead(m_waiting, head.status, head.reason, fields);
}

void ResponseWriter::content(QByteArrayView bytes) {
    // An empty chunk would be the last one.
    if (m_framing == DownstreamFraming::None || bytes.isEmpty()) return;
    const bool isChunked = m_framing == DownstreamFraming::Chunked;
    if (isChunked) appendChunkStart(m_waiting, bytes.size());
    if (bytes.size() <= kCopiedBytes) {
        m_waiting.append(bytes);
    } else {
        m_downstream.sendDownstream(m_waiting, bytes);
        m_waiting.resize(0);
    }
    if (isChunked) m_waiting.append(kChunkEnd);
}

void ResponseWriter::lastChunk(const FieldList& trailers) { appendLastChunk(m_waiting, trailers); }

void ResponseWriter::flush() {
    if (m_waiting.isEmpty()) return;
    m_downstream.sendDownstream(m_waiting, {});
    m_waiting.resize(0);
}

} // namespace sallyport
