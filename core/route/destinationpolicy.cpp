// SPDX-License-Identifier: MIT
#include "core/route/destinationpolicy.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sallyport {

namespace {

/// A prefix of IPv6 and the byte at which the IPv4 address follows it.
struct Embedding {
    QHostAddress prefix;
    int length;
    int byte;
};

/// The IPv4 address that a packet to `address` ends at, where that can be told.
std::optional<QHostAddress> innerIpv4(const QHostAddress& address) {
    if (address.protocol() != QAbstractSocket::IPv6Protocol) return std::nullopt;
    static const std::array<Embedding, 6> kEmbeddings{{
        {QHostAddress(QStringLiteral("::")), 96, 12},           // compatible, RFC 4291 2.5.5.1
        {QHostAddress(QStringLiteral("::ffff:0:0")), 96, 12},   // mapped, RFC 4291 2.5.5.2
        {QHostAddress(QStringLiteral("::ffff:0:0:0")), 96, 12}, // translated, RFC 2765 2.1
        {QHostAddress(QStringLiteral("64:ff9b::")), 96, 12},    // NAT64, RFC 6052 2.1
        {QHostAddress(QStringLiteral("64:ff9b:1::")), 48, 12},  // NAT64 of a site, RFC 8215
        {QHostAddress(QStringLiteral("2002::")), 16, 2},        // 6to4, RFC 3056 2
    }};
    const auto found =
        std::find_if(kEmbeddings.begin(), kEmbeddings.end(), [&](const Embedding& each) {
            return address.isInSubnet(each.prefix, each.length);
        });
    if (found == kEmbeddings.end() || address == QHostAddress(QHostAddress::LocalHostIPv6))
        return std::nullopt;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    quint32 value = 0;
    for (int i = found->byte; i < found->byte + 4; ++i)
        value = (value << 8) | bytes[i];
    return QHostAddress(value);
}

/// 0.0.0.0/8 means "this host" on many systems.
bool isNoDestination(const QHostAddress& address) {
    static const QHostAddress thisNetwork(QStringLiteral("0.0.0.0"));
    return address.isNull() || address.isMulticast() || address.isBroadcast() ||
           address == QHostAddress(QHostAddress::AnyIPv6) || address.isInSubnet(thisNetwork, 8);
}

} // namespace

bool DestinationPolicy::allowsPort(quint16 port) const {
    return std::any_of(ports.begin(), ports.end(), [port](const auto& range) {
        return port >= range.first && port <= range.second;
    });
}

bool DestinationPolicy::allowsAddress(const QHostAddress& address) const {
    if (isNoDestination(address)) return false;
    const auto isDenied = [&](const auto& network) {
        return address.isInSubnet(network.first, network.second);
    };
    if (std::any_of(deny.begin(), deny.end(), isDenied)) return false;
    const auto inner = innerIpv4(address);
    return !inner || allowsAddress(*inner);
}

} // namespace sallyport
