// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/observe/exchangelog.h"
#include "core/upstream/boundconnections.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace sallyport {

struct InterceptionRequest;

/// What an exchange needs of the connection that its request came by.
///
/// The exchange must not be destroyed inside any of these calls.
class Downstream {
public:
    /// What becomes of the connection when an exchange is over.
    enum class After {
        NextRequest, ///< it is free for the next one
        Close,       ///< what is pending is sent, then it is closed
        Cut,         ///< it is reset
    };
    virtual ~Downstream() = default;
    virtual void sendDownstream(QByteArrayView first, QByteArrayView second) = 0;
    /// Empty, with the capacity that earlier responses left; an exchange collects output in it.
    [[nodiscard]] virtual QByteArray& outputBuffer() = 0;
    [[nodiscard]] virtual bool isDownstreamCongested() const = 0;
    /// Upstream connections that this client connection has authenticated; may be null.
    [[nodiscard]] virtual BoundConnections* boundConnections() { return nullptr; }
    /// The upload is to stop (the upstream is slow) or to go on.
    virtual void holdUpload(bool isHeld) = 0;
    /// The last call of an exchange that is not handed over.
    virtual void exchangeOver(After after) = 0;
    /// The last call where the connection becomes a tunnel; `early` came with the upstream's
    /// stream.
    virtual void handOver(StreamPtr upstream, QByteArray early,
                          std::unique_ptr<ExchangeRecorder> recorder) = 0;
    /// The last call where the connection becomes a tunnel that may be opened.
    virtual void handOverToInterception(InterceptionRequest request) = 0;
    /// The last call where CONNECT was for the listener itself: the next request is as if it came
    /// by a connection of its own.
    virtual void connectedToSelf() = 0;
    /// The last call where the connection becomes a reader of live records: `handshake` is what
    /// of the request a WebSocket needs, as bytes.
    virtual void handOverToEvents(QByteArray handshake,
                                  std::unique_ptr<ExchangeRecorder> recorder) = 0;
};

} // namespace sallyport
