// SPDX-License-Identifier: MIT
#include "core/upstream/connectionpool.h"

#include <algorithm>

namespace sallyport {

std::shared_ptr<UpstreamConnection> ConnectionPool::take(std::size_t target) {
    auto& idle = m_idle[target];
    while (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        if (connection->canServe()) return connection;
        connection->close();
    }
    return nullptr;
}

void ConnectionPool::put(std::shared_ptr<UpstreamConnection> connection) {
    std::chrono::milliseconds idleFor = m_idleFor;
    if (const auto announced = connection->announcedIdle()) {
        const std::chrono::milliseconds limit = *announced;
        idleFor = std::min(idleFor, limit);
    }
    if (m_maxIdle == 0 || idleFor.count() <= 0) {
        connection->close();
        return;
    }
    auto& idle = m_idle[connection->target()];
    if (idle.size() >= m_maxIdle) {
        idle.front()->close();
        idle.erase(idle.begin());
    }
    connection->idle(*this, idleFor);
    idle.push_back(std::move(connection));
}

void ConnectionPool::drop(UpstreamConnection& connection) {
    auto& idle = m_idle[connection.target()];
    const auto at = std::find_if(idle.begin(), idle.end(),
                                 [&](const auto& kept) { return kept.get() == &connection; });
    connection.close();
    if (at != idle.end()) idle.erase(at);
}

void ConnectionPool::close() {
    m_maxIdle = 0;
    for (auto& idle : m_idle) {
        for (const auto& connection : idle)
            connection->close();
        idle.clear();
    }
}

} // namespace sallyport
