// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/net/writewatch.h"
#include "core/observe/exchangelog.h"
#include "core/support/deadline.h"
#include "core/tunnel/nextrequest.h"
#include "core/tunnel/tunnelend.h"
#include "core/tunnel/websockettap.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace sallyport {

/// Relays bytes between two streams as they are, both ways, with back-pressure and half-close,
/// until both directions have ended, one has failed, or a limit has passed. Owns both streams.
///
/// Where the recorder knows of a WebSocket, or the tunnel is one of CONNECT, a copy of what was
/// passed on is read for the record (see WebSocketTap). Where such a tunnel of CONNECT shows an
/// upgrade in plain text and its refusal, it is a tunnel again only for what is HTTP: the client's
/// next bytes wait for a whole request head, and anything else ends it (see NextRequest).
class Tunnel {
public:
    /// `ended` is the last call, from the event loop, and may destroy the tunnel.
    Tunnel(StreamPtr client, StreamPtr upstream, std::unique_ptr<ExchangeRecorder> recorder,
           std::function<void()> ended);
    ~Tunnel();
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// Before start(); without it the tunnel may stand still for ever.
    void setLimits(DeadlineQueue& deadlines, TunnelLimits limits);
    /// Bytes that had come before the tunnel stood, from either side; then reading starts.
    void start(const QByteArray& fromClient, const QByteArray& fromUpstream);
    /// Ends both directions at once; for the end of a drain.
    void cut();

private:
    class Half;
    struct Watch;
    [[nodiscard]] bool holdsBack(Half& from, QByteArrayView bytes);
    void passHeld();
    void passed(const Half& from, QByteArrayView bytes);
    void halfFinished(const Half& half);
    void halfFailed(const Half& half, const StreamError& error);
    void watchSilence();
    void silenceExpired();
    void halfStalled(const Half& half);
    void abortBoth();
    void over(const TunnelEnd& end);

    std::unique_ptr<ExchangeRecorder> m_recorder;
    std::unique_ptr<WebSocketTap> m_tap;        ///< null where nothing is read (any more)
    std::unique_ptr<NextRequest> m_nextRequest; ///< null where the client's bytes pass at once
    std::unique_ptr<Half> m_client;
    std::unique_ptr<Half> m_upstream;
    std::unique_ptr<Watch> m_watch; ///< null without limits
    std::optional<Side> m_firstEnd; ///< the side that has ended its direction, or did so first
    std::function<void()> m_ended;
};

} // namespace sallyport
