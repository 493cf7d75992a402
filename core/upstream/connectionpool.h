// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/idlequota.h"
#include "core/upstream/upstreamconnection.h"

#include <memory>
#include <vector>

namespace sallyport {

/// Idle connections of one upstream group, by target; the one used last is taken first. None of
/// them is bound to a client connection.
class ConnectionPool final : public IdleConnections {
public:
    /// At most `maxIdle` for each target, and as many as `quota` leaves; that may be null.
    ConnectionPool(std::size_t targets, std::size_t maxIdle, std::shared_ptr<IdleQuota> quota = {})
        : m_idle(targets)
        , m_maxIdle(maxIdle)
        , m_quota(std::move(quota)) {}
    ~ConnectionPool() override { close(); }
    ConnectionPool(const ConnectionPool&) = delete;
    ConnectionPool& operator=(const ConnectionPool&) = delete;

    /// One that was reusable just now, or null.
    [[nodiscard]] std::shared_ptr<UpstreamConnection> take(std::size_t target);
    /// Keeps it, or closes it when its time is over or the quota is used up; where the target has
    /// enough, the one that waited longest is closed instead.
    void put(std::shared_ptr<UpstreamConnection> connection);
    void drop(UpstreamConnection& connection) override;
    /// Closes what is kept, and from now on what comes.
    void close();
    [[nodiscard]] bool isClosed() const { return m_maxIdle == 0; }

private:
    using Idle = std::vector<std::shared_ptr<UpstreamConnection>>;
    [[nodiscard]] std::shared_ptr<UpstreamConnection> remove(Idle& idle, Idle::iterator at);

    std::vector<Idle> m_idle; ///< by target, the one that waited longest in front
    std::size_t m_maxIdle;
    std::shared_ptr<IdleQuota> m_quota;
};

} // namespace sallyport
