// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport::test {

/// What lies between a peer and its socket; for TLS.
class PeerLayer {
public:
    virtual ~PeerLayer() = default;
    virtual void write(QByteArrayView plain) = 0;
    /// What came from the socket.
    virtual void take(QByteArrayView wire) = 0;
    /// What is to go to the socket.
    [[nodiscard]] virtual QByteArray give() = 0;
    /// Plain bytes that have come.
    [[nodiscard]] virtual QByteArray read() = 0;
    [[nodiscard]] virtual bool isEstablished() const = 0;
    /// The other side has properly ended its direction.
    [[nodiscard]] virtual bool hasEnded() const = 0;
    /// Ends this side's direction.
    virtual void end() = 0;
};

} // namespace sallyport::test
