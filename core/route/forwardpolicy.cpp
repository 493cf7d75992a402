// SPDX-License-Identifier: MIT
#include "core/route/forwardpolicy.h"

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

/// The IPv4 address that a packet to `address` ends at, where that can be told: mapped and
/// compatible ones, and those behind the well-known NAT64 prefix (RFC 6052).
std::optional<QHostAddress> innerIpv4(const QHostAddress& address) {
    if (address.protocol() != QAbstractSocket::IPv6Protocol) return std::nullopt;
    static const QHostAddress compatible(QStringLiteral("::"));
    static const QHostAddress mapped(QStringLiteral("::ffff:0:0"));
    static const QHostAddress nat64(QStringLiteral("64:ff9b::"));
    const bool holdsIpv4 = address.isInSubnet(compatible, 96) || address.isInSubnet(mapped, 96) ||
                           address.isInSubnet(nat64, 96);
    if (!holdsIpv4 || address == QHostAddress(QHostAddress::LocalHostIPv6)) return std::nullopt;
    const Q_IPV6ADDR octets = address.toIPv6Address();
    quint32 value = 0;
    for (int i = 12; i < 16; ++i)
        value = (value << 8) | octets[i];
    return QHostAddress(value);
}

/// 0.0.0.0/8 means "this host" on many systems.
bool isNoDestination(const QHostAddress& address) {
    static const QHostAddress thisNetwork(QStringLiteral("0.0.0.0"));
    return address.isNull() || address.isMulticast() || address.isBroadcast() ||
           address == QHostAddress(QHostAddress::AnyIPv6) || address.isInSubnet(thisNetwork, 8);
}

} // namespace

bool ForwardPolicy::allowsPort(quint16 port) const {
    return std::any_of(ports.begin(), ports.end(), [port](const auto& range) {
        return port >= range.first && port <= range.second;
    });
}

bool ForwardPolicy::allowsAddress(const QHostAddress& address) const {
    if (isNoDestination(address)) return false;
    const auto isDenied = [&](const auto& network) {
        return address.isInSubnet(network.first, network.second);
    };
    if (std::any_of(deny.begin(), deny.end(), isDenied)) return false;
    const auto inner = innerIpv4(address);
    return !inner || allowsAddress(*inner);
}

} // namespace sallyport
