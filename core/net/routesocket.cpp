// SPDX-License-Identifier: MIT
#include "core/net/routesocket.h"

#include <array>
#include <cstring>
#include <utility>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sallyport {

#ifdef Q_OS_LINUX

namespace {

constexpr std::size_t kReadBytes = 32 * 1024;
/// Of the table that is read; a machine with the whole Internet's routes has more, and is none that
/// changes networks.
constexpr qsizetype kMostBytes = qsizetype{4} * 1024 * 1024;

int openSocket(unsigned groups, int flags) {
    const int made = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | flags, NETLINK_ROUTE);
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = groups;
    if (made < 0) return -1;
    if (::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return made;
    ::close(made);
    return -1;
}

bool askForRoutes(int socket) {
    struct {
        nlmsghdr head;
        rtmsg route;
    } request{};
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = RTM_GETROUTE;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.route.rtm_family = AF_UNSPEC;
    return ::send(socket, &request, sizeof request, 0) == ssize_t(sizeof request);
}

/// Whether the message that ends a dump is among them; each read has whole messages.
bool hasEnd(QByteArrayView bytes) {
    nlmsghdr head{};
    while (bytes.size() >= qsizetype(sizeof head)) {
        std::memcpy(&head, bytes.data(), sizeof head);
        if (head.nlmsg_type == NLMSG_DONE || head.nlmsg_type == NLMSG_ERROR) return true;
        const qsizetype size = NLMSG_ALIGN(head.nlmsg_len);
        if (size < qsizetype(sizeof head) || size > bytes.size()) return true;
        bytes = bytes.sliced(size);
    }
    return false;
}

} // namespace

RouteSocket::RouteSocket(std::function<void()> changed)
    : m_changed(std::move(changed))
    , m_socket(openSocket(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR |
                              RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
                          SOCK_NONBLOCK)) {
    if (m_socket < 0) return;
    m_notifier = std::make_unique<QSocketNotifier>(m_socket, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { drain(); });
}

RouteSocket::~RouteSocket() {
    m_notifier.reset();
    if (m_socket >= 0) ::close(m_socket);
}

/// What is in them does not matter: the routes are read anew. ENOBUFS means that some were lost.
void RouteSocket::drain() {
    std::array<char, kReadBytes> buffer{};
    ssize_t size = 0;
    do
        size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    while (size > 0 || (size < 0 && (errno == EINTR || errno == ENOBUFS)));
    m_changed();
}

std::optional<std::vector<NetworkRoute>> RouteSocket::routes() {
    // The kernel answers at once, so this does not block.
    const int socket = openSocket(0, 0);
    if (socket < 0) return {};
    QByteArray dump;
    std::array<char, kReadBytes> buffer{};
    bool isWhole = false;
    ssize_t size = askForRoutes(socket) ? 1 : 0;
    while (size > 0 && !isWhole && dump.size() < kMostBytes) {
        size = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (size <= 0) break;
        dump.append(buffer.data(), size);
        isWhole = hasEnd({buffer.data(), size});
    }
    ::close(socket);
    if (!isWhole) return {};
    return routesIn(dump);
}

#else

RouteSocket::RouteSocket(std::function<void()> changed)
    : m_changed(std::move(changed)) {}

RouteSocket::~RouteSocket() = default;

void RouteSocket::drain() {}

std::optional<std::vector<NetworkRoute>> RouteSocket::routes() { return {}; }

#endif

} // namespace sallyport
