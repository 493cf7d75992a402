// SPDX-License-Identifier: MIT
#include "core/upstream/boundconnections.h"

#include <algorithm>
#include <utility>

namespace sallyport {

BoundConnections::~BoundConnections() {
    for (const Idle& each : m_idle)
        each.connection->close();
}

std::shared_ptr<UpstreamConnection>
BoundConnections::take(const std::shared_ptr<const void>& transport, std::size_t target) {
    const auto found = std::find_if(m_idle.begin(), m_idle.end(), [&](const Idle& each) {
        return each.connection->target() == target && each.transport.lock() == transport;
    });
    if (found == m_idle.end()) return nullptr;
    auto connection = std::move(found->connection);
    m_idle.erase(found);
    if (connection->canServe()) return connection;
    connection->close();
    return nullptr;
}

void BoundConnections::put(const std::shared_ptr<const void>& transport,
                           std::shared_ptr<UpstreamConnection> connection) {
    closeOfEndedTransports();
    if (connection->idleTime().count() <= 0) {
        connection->close();
        return;
    }
    if (m_idle.size() >= kMaxIdle) {
        m_idle.front().connection->close();
        m_idle.erase(m_idle.begin());
    }
    connection->idle(*this);
    m_idle.push_back({transport, std::move(connection)});
}

void BoundConnections::drop(UpstreamConnection& connection) {
    connection.close();
    std::erase_if(m_idle, [&](const Idle& each) { return each.connection.get() == &connection; });
}

void BoundConnections::closeOfEndedTransports() {
    std::erase_if(m_idle, [](const Idle& each) {
        if (!each.transport.expired()) return false;
        each.connection->close();
        return true;
    });
}

} // namespace sallyport
