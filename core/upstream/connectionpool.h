// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/upstreamconnection.h"

#include <chrono>
#include <memory>
#include <vector>

namespace sallyport {

/// Idle connections of one upstream group, by target; the one used last is taken first.
class ConnectionPool final : public IdleConnections {
public:
    ConnectionPool(std::size_t targets, std::size_t maxIdle, std::chrono::milliseconds idleFor)
        : m_idle(targets)
        , m_maxIdle(maxIdle)
        , m_idleFor(idleFor) {}
    ~ConnectionPool() override { close(); }

    /// One that was quiet just now, or null.
    [[nodiscard]] std::shared_ptr<UpstreamConnection> take(std::size_t target);
    /// Keeps it, or closes it when enough are kept; the oldest goes first.
    void put(std::shared_ptr<UpstreamConnection> connection);
    void drop(UpstreamConnection& connection) override;
    /// Closes what is kept, and from now on what comes.
    void close();

private:
    std::vector<std::vector<std::shared_ptr<UpstreamConnection>>> m_idle;
    std::size_t m_maxIdle;
    std::chrono::milliseconds m_idleFor;
};

} // namespace sallyport
