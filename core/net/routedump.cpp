// SPDX-License-Identifier: MIT
#include "core/net/routedump.h"

#include <QtGlobal>

#include <algorithm>
#include <cstring>
#include <optional>
#include <tuple>

#ifdef Q_OS_LINUX
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#endif

namespace sallyport {

#ifdef Q_OS_LINUX

namespace {

/// What stands at the start of `bytes`; nothing where they are too few.
template <typename Struct>
std::optional<Struct> read(QByteArrayView bytes) {
    if (bytes.size() < qsizetype(sizeof(Struct))) return {};
    Struct out;
    std::memcpy(&out, bytes.data(), sizeof out);
    return out;
}

/// Messages and attributes begin at multiples of four bytes.
qsizetype aligned(qsizetype size) { return (size + 3) & ~qsizetype{3}; }

QByteArrayView from(QByteArrayView bytes, qsizetype place) {
    return bytes.sliced(std::min(place, bytes.size()));
}

void readAttributes(QByteArrayView bytes, NetworkRoute& route) {
    while (const auto attribute = read<rtattr>(bytes)) {
        const qsizetype size = attribute->rta_len;
        if (size < qsizetype(sizeof(rtattr)) || size > bytes.size()) return;
        const QByteArrayView value = bytes.first(size).sliced(sizeof(rtattr));
        if (attribute->rta_type == RTA_DST) route.destination = value.toByteArray();
        if (attribute->rta_type == RTA_GATEWAY) route.gateway = value.toByteArray();
        if (attribute->rta_type == RTA_OIF) route.interface = read<quint32>(value).value_or(0);
        bytes = from(bytes, aligned(size));
    }
}

std::optional<NetworkRoute> routeIn(QByteArrayView message) {
    const auto head = read<rtmsg>(message);
    if (!head || head->rtm_type != RTN_UNICAST) return {};
    if (head->rtm_table == RT_TABLE_LOCAL || head->rtm_protocol == RTPROT_KERNEL) return {};
    constexpr int kBits4 = 32;
    constexpr int kBits6 = 128;
    if (head->rtm_dst_len == (head->rtm_family == AF_INET ? kBits4 : kBits6)) return {};
    if ((head->rtm_flags & RTM_F_CLONED) != 0) return {};
    NetworkRoute route;
    route.family = head->rtm_family;
    route.prefix = head->rtm_dst_len;
    readAttributes(from(message, aligned(sizeof(rtmsg))), route);
    return route;
}

} // namespace

std::vector<NetworkRoute> routesIn(QByteArrayView dump) {
    std::vector<NetworkRoute> routes;
    while (const auto head = read<nlmsghdr>(dump)) {
        const qsizetype size = head->nlmsg_len;
        if (size < qsizetype(sizeof(nlmsghdr)) || size > dump.size()) break;
        const QByteArrayView message = dump.first(size).sliced(sizeof(nlmsghdr));
        if (head->nlmsg_type == NLMSG_DONE) break;
        if (head->nlmsg_type == RTM_NEWROUTE)
            if (auto route = routeIn(message)) routes.push_back(std::move(*route));
        dump = from(dump, aligned(size));
    }
    const auto key = [](const NetworkRoute& route) {
        return std::tie(route.family, route.prefix, route.destination, route.gateway,
                        route.interface);
    };
    std::sort(routes.begin(), routes.end(),
              [key](const auto& a, const auto& b) { return key(a) < key(b); });
    return routes;
}

#else

std::vector<NetworkRoute> routesIn(QByteArrayView) { return {}; }

#endif

} // namespace sallyport
