// SPDX-License-Identifier: MIT
#include "core/net/sockaddress.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <cstring>

namespace sallyport {

namespace {

std::uint32_t scopeNumber(const QString& scope) {
    bool isNumber = false;
    const uint number = scope.toUInt(&isNumber);
    return isNumber ? number : ::if_nametoindex(scope.toLocal8Bit().constData());
}

} // namespace

SockAddress toSockAddress(const Endpoint& endpoint) {
    SockAddress out;
    if (endpoint.address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_port = htons(endpoint.port);
        in.sin_addr.s_addr = htonl(endpoint.address.toIPv4Address());
        std::memcpy(&out.storage, &in, sizeof in);
        out.size = sizeof in;
        return out;
    }
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(endpoint.port);
    const Q_IPV6ADDR bytes = endpoint.address.toIPv6Address();
    std::memcpy(&in6.sin6_addr, &bytes, sizeof bytes);
    const QString scope = endpoint.address.scopeId();
    if (!scope.isEmpty()) in6.sin6_scope_id = scopeNumber(scope);
    std::memcpy(&out.storage, &in6, sizeof in6);
    out.size = sizeof in6;
    return out;
}

Endpoint toEndpoint(const SockAddress& address) {
    if (address.storage.ss_family != AF_INET && address.storage.ss_family != AF_INET6) return {};
    QHostAddress host(address.get());
    bool isMapped = false;
    const quint32 v4 = host.toIPv4Address(&isMapped);
    if (isMapped) host = QHostAddress(v4);
    if (address.storage.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address.storage, sizeof in);
        return {host, ntohs(in.sin_port)};
    }
    sockaddr_in6 in6{};
    std::memcpy(&in6, &address.storage, sizeof in6);
    return {host, ntohs(in6.sin6_port)};
}

} // namespace sallyport
