// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/net/deferredtask.h"
#include "core/support/deadline.h"
#include "core/tls/tlsengine.h"

#include <memory>
#include <optional>

namespace sallyport {

/// What TLS streams of a thread need; both outlive them.
struct TlsSurroundings {
    DeferredTaskQueue& deferredTasks;
    DeadlineQueue& deadlines;
};

/// Why there is no TLS.
struct TlsHandshakeFailure {
    StreamError error;
    std::optional<quint8> peerAlert; ///< the alert of the peer's that ended it, see isDistrust()
    bool hasPeerLeft = false;        ///< it ended the connection, and said nothing
};

/// Makes a TlsStream of another stream. Letting go gives it up and closes that stream.
class TlsHandshake final : private StreamObserver, private DeferredTask {
public:
    /// One of the two is called, from the event loop; the handshake may be destroyed in it.
    class Observer {
    public:
        virtual ~Observer() = default;
        /// A TlsStream with reading off.
        virtual void handshakeDone(StreamPtr stream) = 0;
        virtual void handshakeFailed(const TlsHandshakeFailure& failure) = 0;
    };

    /// Sends what comes first at once, for a server also what follows from input that `engine`
    /// keeps. It has no time-out of its own.
    TlsHandshake(StreamPtr inner, std::unique_ptr<TlsEngine> engine, TlsSurroundings surroundings,
                 Observer& observer);

private:
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override {}
    void streamFailed(const StreamError& error) override;
    void runDeferred() override { fail(m_engine->error()); }
    void flush();
    void fail(StreamError error);

    StreamPtr m_inner;
    std::unique_ptr<TlsEngine> m_engine;
    TlsSurroundings m_surroundings;
    Observer& m_observer;
};

} // namespace sallyport
