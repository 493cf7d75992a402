// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/observe/exchangelog.h"
#include "core/support/deadline.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace sallyport {

/// Relays octets between two streams as they are, both ways, with back-pressure and half-close,
/// until both directions have ended or one has failed. Owns both streams.
class Tunnel {
public:
    /// `ended` is the last call, from the event loop, and may destroy the tunnel. Silence has no
    /// limit: a WebSocket may be silent for as long as it likes.
    Tunnel(StreamPtr client, StreamPtr upstream, std::unique_ptr<ExchangeRecorder> recorder,
           std::function<void()> ended);
    ~Tunnel();
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// Octets that had come before the tunnel stood, from either side; then reading starts.
    void start(const QByteArray& fromClient, const QByteArray& fromUpstream);
    /// Ends both directions at once; for the end of a drain.
    void cut();

private:
    class Half;
    void halfFinished();
    void halfFailed(const Half& half, const StreamError& error);
    void over(ExchangeEnd end, const QString& error);

    std::unique_ptr<Half> m_client;
    std::unique_ptr<Half> m_upstream;
    std::unique_ptr<ExchangeRecorder> m_recorder;
    std::function<void()> m_ended;
};

} // namespace sallyport
