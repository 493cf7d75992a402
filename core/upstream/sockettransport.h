// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QHostAddress>

#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// What the transport of one upstream group needs; everything borrowed must outlive it.
struct SocketTransportOptions {
    std::vector<UpstreamTarget>
        targets; ///< tried in order; the next one only when nothing was sent
    UpstreamTimeouts timeouts;
    std::vector<QSslCertificate> extraRoots; ///< beside the system's store
    bool verifyTls = true;
    std::function<bool(const QHostAddress&)> mayConnect; ///< may be null
    std::size_t maxIdle = 64;                            ///< connections kept per target
    std::chrono::milliseconds idleFor{60000};            ///< how long one is kept unused
};

/// The data path: our parser over ByteStream, with a keep-alive pool per target.
///
/// A pooled connection is checked for quiet right before use. GET, HEAD, OPTIONS and TRACE without
/// content are sent again once, on a new connection, when a reused one ends before one octet of an
/// answer; everything else is never sent twice (RFC 9110 9.2.2). Surplus octets behind an answer
/// kill the connection.
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeSocketTransport(Connector& connector, DeadlineQueue& deadlines, SocketTransportOptions options);

/// The certificates of a PEM bundle; the error names file and reason.
[[nodiscard]] Result<std::vector<QSslCertificate>, QString> readCaFile(const QString& path);

} // namespace sallyport
