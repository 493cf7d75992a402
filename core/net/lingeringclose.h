// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

namespace sallyport {

/// What a stream is to do for its close; in this order.
struct ClosingActions {
    bool sendsEnd = false;                          ///< half-close: shutdown() of the sending side
    std::optional<std::chrono::milliseconds> timer; ///< arm the one timer, or arm it anew
    bool closes = false;                            ///< close the socket, disarm the timer
    friend bool operator==(const ClosingActions&, const ClosingActions&) = default;
};

/// How one stream comes to its end, without I/O: the half-close of finishWriting() and the
/// lingering close of closeGracefully() (RFC 9112 9.6). Says nothing any more once it has said
/// `closes`.
class LingeringClose {
public:
    /// A lingering close ends when the peer takes none of what is pending for so long.
    static constexpr std::chrono::milliseconds kStallTimeout{30000};
    /// It reads and drops for so long after our end.
    static constexpr std::chrono::milliseconds kLingerTimeout{1000};

    /// No more is written after what is pending.
    [[nodiscard]] ClosingActions finish(bool isPending);
    /// The same, and without an observer: the peer gets what is pending and our end.
    [[nodiscard]] ClosingActions linger(bool isPending);
    /// The kernel took something of what was pending.
    [[nodiscard]] ClosingActions wrote(bool isPending);
    /// The peer sends no more.
    [[nodiscard]] ClosingActions peerFinished();
    /// Nothing can be sent or received any more.
    [[nodiscard]] ClosingActions failed();
    [[nodiscard]] ClosingActions timerExpired();
    /// The socket was closed for another reason.
    void closed() { m_phase = Phase::Closed; }

    [[nodiscard]] bool mayWrite() const { return m_phase == Phase::Open; }
    [[nodiscard]] bool isLingering() const { return m_isLingering; }
    [[nodiscard]] bool hasPeerFinished() const { return m_hasPeerFinished; }

private:
    enum class Phase {
        Open,
        Finishing, ///< our end follows what is pending
        Finished,  ///< our end was sent
        Closed,
    };
    [[nodiscard]] ClosingActions next(bool isPending);
    [[nodiscard]] ClosingActions close();

    Phase m_phase = Phase::Open;
    bool m_isLingering = false;
    bool m_hasPeerFinished = false;
};

} // namespace sallyport
