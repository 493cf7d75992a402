// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamconnection.h"

#include <memory>
#include <vector>

namespace sallyport {

/// The idle upstream connections that one client connection has authenticated, or was asked to
/// (RFC 4559 6). They serve that client connection alone and end with it: one of them for each
/// target of each transport, so that the legs of a handshake meet on the same connection.
class BoundConnections final : public IdleConnections {
public:
    /// Beyond this many the one that waited longest is closed.
    static constexpr std::size_t kMaxIdle = 8;

    BoundConnections() = default;
    ~BoundConnections() override;
    BoundConnections(const BoundConnections&) = delete;
    BoundConnections& operator=(const BoundConnections&) = delete;

    /// The one to that target, if it can still be used, else null. `transport` tells transports
    /// apart and is not called.
    [[nodiscard]] std::shared_ptr<UpstreamConnection>
    take(const std::shared_ptr<const void>& transport, std::size_t target);
    void put(const std::shared_ptr<const void>& transport,
             std::shared_ptr<UpstreamConnection> connection);
    void drop(UpstreamConnection& connection) override;
    [[nodiscard]] std::size_t size() const { return m_idle.size(); }

private:
    struct Idle {
        std::weak_ptr<const void> transport;
        std::shared_ptr<UpstreamConnection> connection;
    };
    void closeOfEndedTransports();

    std::vector<Idle> m_idle; ///< the one that waited longest in front
};

} // namespace sallyport
