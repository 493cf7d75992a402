// SPDX-License-Identifier: MIT
#include "core/upstream/connectionpool.h"

#include <algorithm>
#include <utility>

namespace sallyport {

std::shared_ptr<UpstreamConnection> ConnectionPool::remove(Idle& idle, Idle::iterator at) {
    auto connection = std::move(*at);
    idle.erase(at);
    if (m_quota) m_quota->remove();
    return connection;
}

std::shared_ptr<UpstreamConnection> ConnectionPool::take(std::size_t target) {
    Idle& idle = m_idle[target];
    while (!idle.empty()) {
        auto connection = remove(idle, idle.end() - 1);
        if (connection->canServe()) return connection;
        connection->close();
    }
    return nullptr;
}

void ConnectionPool::put(std::shared_ptr<UpstreamConnection> connection) {
    if (connection->idleTime().count() <= 0) {
        connection->close();
        return;
    }
    Idle& idle = m_idle[connection->target()];
    const bool isFull = idle.size() >= m_maxIdle || (m_quota && m_quota->isUsedUp());
    if (isFull && !idle.empty()) remove(idle, idle.begin())->close();
    const bool hasRoom = idle.size() < m_maxIdle && !(m_quota && m_quota->isUsedUp());
    if (!hasRoom) {
        connection->close();
        return;
    }
    connection->idle(*this);
    idle.push_back(std::move(connection));
    if (m_quota) m_quota->add();
}

void ConnectionPool::drop(UpstreamConnection& connection) {
    Idle& idle = m_idle[connection.target()];
    const auto at = std::find_if(idle.begin(), idle.end(),
                                 [&](const auto& kept) { return kept.get() == &connection; });
    connection.close();
    if (at != idle.end()) remove(idle, at).reset();
}

void ConnectionPool::close() {
    m_maxIdle = 0;
    for (Idle& idle : m_idle)
        while (!idle.empty())
            remove(idle, idle.end() - 1)->close();
}

} // namespace sallyport
