// SPDX-License-Identifier: MIT
#include "core/proxy/clientcount.h"

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

int ClientCount::add(const QHostAddress& client) { return ++m_counts[counted(client)]; }

void ClientCount::remove(const QHostAddress& client) {
    const auto found = m_counts.find(counted(client));
    if (found == m_counts.end()) return;
    if (--found.value() <= 0) m_counts.erase(found);
}

} // namespace sallyport
