// SPDX-License-Identifier: MIT
#include "core/proxy/connectionlimit.h"

namespace sallyport {

namespace {

constexpr int kNetworkBytes = 8;

QHostAddress counted(const QHostAddress& client) {
    if (client.protocol() != QAbstractSocket::IPv6Protocol || client.isLoopback()) return client;
    Q_IPV6ADDR network = client.toIPv6Address();
    for (int i = kNetworkBytes; i < 16; ++i)
        network[i] = 0;
    return QHostAddress(network);
}

} // namespace

bool ConnectionLimit::add(const QHostAddress& client, int limit) {
    const int count = ++m_counts[counted(client)];
    return limit <= 0 || count <= limit;
}

void ConnectionLimit::remove(const QHostAddress& client) {
    const auto found = m_counts.find(counted(client));
    if (found == m_counts.end()) return;
    if (--found.value() <= 0) m_counts.erase(found);
}

} // namespace sallyport
