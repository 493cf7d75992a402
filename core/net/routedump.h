// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace sallyport {

/// A way to another network, as rtnetlink(7) tells it.
struct NetworkRoute {
    int family = 0;         ///< AF_INET, AF_INET6
    QByteArray destination; ///< bytes of the address; empty: anywhere
    int prefix = 0;         ///< bits of it
    QByteArray gateway;     ///< bytes of the address; empty: none
    quint32 interface = 0;  ///< by which one; 0: by several
    friend bool operator==(const NetworkRoute&, const NetworkRoute&) = default;
};

/// The answer to RTM_GETROUTE, in order. Only routes that say on which network this machine is: not
/// those of its own addresses, nor those that the kernel makes for the network of each address
/// (every container has one), nor those to a single host. A message that is cut off ends the list.
/// Linux; empty elsewhere.
[[nodiscard]] std::vector<NetworkRoute> routesIn(QByteArrayView dump);

} // namespace sallyport
