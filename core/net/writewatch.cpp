// SPDX-License-Identifier: MIT
#include "core/net/writewatch.h"

namespace sallyport {

WriteWatch::WriteWatch(DeadlineQueue& deadlines, const ByteStream& stream,
                       std::chrono::milliseconds limit, std::function<void()> stalled)
    : m_stream(stream)
    , m_limit(limit)
    , m_stalled(std::move(stalled))
    , m_deadline(deadlines, [this] { expired(); }) {}

void WriteWatch::wrote(qsizetype bytes) {
    m_written += bytes;
    if (!m_deadline.isArmed() && m_stream.pendingBytes() > 0) begin();
}

void WriteWatch::begin() {
    m_taken = taken();
    m_deadline.arm(m_limit);
}

void WriteWatch::expired() {
    if (m_stream.pendingBytes() == 0) return;
    if (taken() > m_taken) {
        begin();
        return;
    }
    const auto stalled = m_stalled; // the watch may be gone before it returns
    stalled();
}

} // namespace sallyport
