// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <atomic>
#include <random>
#include <thread>
#include <vector>

namespace sallyport::test {

/// How an origin ends a connection that it kept alive, some answers after the connection was made.
enum class Ending {
    CloseAtOnce,       ///< right after a response
    CloseAMomentLater, ///< some microseconds after a response, when the next request may be leaving
    ResetAtOnce,
    ResetAMomentLater,
    CloseUnread,      ///< once the next request is there, without reading it: the kernel resets
    ReadAndClose,     ///< reads the next request, does what it asks for, and gives no response
    ReadAndReset,     ///< the same with a reset, before the kernel acknowledges what was read
    HalfCloseAndDrop, ///< a lingering close: ends its side, reads on and drops (RFC 9112 9.6)
};

/// What became of one request at the origin.
struct Fate {
    int done = 0;         ///< how often it was read whole and acted upon
    bool isTaken = false; ///< a byte of it was there when the connection ended
};

/// An origin in a thread of its own, so that it is at work while the proxy is. Responses POSTs
/// whose content begins with a number of six digits, and ends each connection after a few of them.
/// The same seed gives the same endings.
class ClosingOrigin {
public:
    /// `listener` is a listening, non-blocking descriptor that outlives this.
    ClosingOrigin(int listener, std::vector<Ending> endings, int requests, unsigned seed);
    ~ClosingOrigin();
    ClosingOrigin(const ClosingOrigin&) = delete;
    ClosingOrigin& operator=(const ClosingOrigin&) = delete;

    /// Ends the thread; what is asked for below is settled then.
    void stop();
    [[nodiscard]] const Fate& fate(int number) const {
        return m_fates[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void run();
    void serve(int connection);
    /// Reads one request; its number, or -1 when the peer has gone.
    [[nodiscard]] int readRequest(int connection);
    void end(int connection, Ending how);
    void readAndAct(int connection);
    void dropRest(int connection);
    void waitAMoment();
    [[nodiscard]] unsigned random(unsigned below) {
        return static_cast<unsigned>(m_random() % below);
    }

    int m_listener;
    std::vector<Ending> m_endings;
    std::vector<Fate> m_fates;
    std::mt19937 m_random;
    QByteArray m_input; ///< of the connection under way
    int m_connections = 0;
    std::atomic<bool> m_isStopped = false;
    std::thread m_thread;
};

} // namespace sallyport::test
