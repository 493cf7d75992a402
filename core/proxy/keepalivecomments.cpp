// SPDX-License-Identifier: MIT
#include "core/proxy/keepalivecomments.h"

#include "core/http/mediatype.h"

namespace sallyport {

bool mayHaveComments(const ResponseHead& head, DownstreamFraming framing) {
    const bool isOpenEnded =
        framing == DownstreamFraming::Chunked || framing == DownstreamFraming::UntilClose;
    return isOpenEnded && head.status == 200 && hasMediaType(head.fields, "text/event-stream") &&
           !head.fields.contains("Content-Encoding") &&
           !head.fields.hasToken("Cache-Control", "no-transform");
}

KeepaliveComments::KeepaliveComments(DeadlineQueue& deadlines, std::chrono::milliseconds every,
                                     std::function<void()> due)
    : m_every(every)
    , m_due(std::move(due))
    , m_deadline(deadlines, [this] { expired(); }) {}

void KeepaliveComments::contentPassed(QByteArrayView bytes) {
    m_tail.feed(bytes);
    m_deadline.arm(m_every);
}

void KeepaliveComments::expired() {
    m_deadline.arm(m_every);
    if (m_tail.isBetweenEvents()) m_due();
}

} // namespace sallyport
