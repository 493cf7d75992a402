// SPDX-License-Identifier: MIT
#include "core/net/writewatch.h"

namespace sallyport {

WriteWatch::WriteWatch(DeadlineQueue& deadlines, ByteStream& stream,
                       std::chrono::milliseconds limit, std::function<void()> stalled)
    : m_stream(stream)
    , m_limit(limit)
    , m_stalled(std::move(stalled))
    , m_deadline(deadlines, [this] { expired(); }) {}

void WriteWatch::look() {
    const qsizetype pending = m_stream.pendingBytes();
    m_wasSomeTaken |= pending < m_pending;
    m_pending = pending;
}

void WriteWatch::write(QByteArrayView first, QByteArrayView second) {
    look();
    m_stream.write(first, second);
    m_pending = m_stream.pendingBytes();
    if (!m_deadline.isArmed() && m_pending > 0) begin();
}

void WriteWatch::begin() {
    m_wasSomeTaken = false;
    m_deadline.arm(m_limit);
}

void WriteWatch::expired() {
    look();
    if (m_pending == 0) return;
    if (m_wasSomeTaken) {
        begin();
        return;
    }
    const auto stalled = m_stalled; // the watch may be gone before it returns
    stalled();
}

} // namespace sallyport
