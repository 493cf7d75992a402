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
    WriteWatch(DeadlineQueue& deadlines, ByteStream& stream, std::chrono::milliseconds limit,
               std::function<void()> stalled);

    /// ByteStream::write, watched. What is pending is compared before and after it, in the stream's
    /// own measure: TLS adds 22 to 29 bytes to each record, more than a slow peer may have taken.
    void write(QByteArrayView first, QByteArrayView second = {});
    void stop() { m_deadline.disarm(); }
    [[nodiscard]] std::chrono::milliseconds limit() const { return m_limit; }

private:
    void begin();
    void expired();
    void look();

    ByteStream& m_stream;
    const std::chrono::milliseconds m_limit;
    std::function<void()> m_stalled;
    qsizetype m_pending = 0;     ///< when it was last looked at
    bool m_wasSomeTaken = false; ///< since the deadline was armed
    Deadline m_deadline;
};

} // namespace sallyport
