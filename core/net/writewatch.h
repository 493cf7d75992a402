// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/support/deadline.h"

#include <chrono>
#include <functional>

namespace sallyport {

/// Reports a peer that takes not one byte of what is pending for it. One that takes little is
/// slow, and has no limit of time. Nothing is armed while nothing is pending.
///
/// Owned by the writer of the stream; stop() it before the stream gets another owner.
class WriteWatch {
public:
    /// `stalled` is called once from the event loop, after between one and two times `limit` in
    /// which not one byte left; it may destroy the watch. A limit of 0 means none.
    WriteWatch(DeadlineQueue& deadlines, const ByteStream& stream, std::chrono::milliseconds limit,
               std::function<void()> stalled);

    /// After each ByteStream::write: how many bytes that was.
    void wrote(qsizetype bytes);
    void stop() { m_deadline.disarm(); }
    [[nodiscard]] std::chrono::milliseconds limit() const { return m_limit; }

private:
    void begin();
    void expired();
    [[nodiscard]] qint64 taken() const { return m_written - m_stream.pendingBytes(); }

    const ByteStream& m_stream;
    const std::chrono::milliseconds m_limit;
    std::function<void()> m_stalled;
    qint64 m_written = 0;
    qint64 m_taken = 0; ///< when the deadline was armed
    Deadline m_deadline;
};

} // namespace sallyport
