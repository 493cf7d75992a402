// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/routedump.h"

#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <optional>

namespace sallyport {

/// The kernel's routes and addresses, by rtnetlink(7). Needs no daemon, and sees what each of them
/// does: NetworkManager, systemd-networkd, a VPN. Lives on the thread that makes it. Elsewhere than
/// on Linux, and where the kernel refuses, it tells nothing.
class RouteSocket {
public:
    /// `changed` is called from the event loop after links, addresses or routes have changed in any
    /// way, once for what came together.
    explicit RouteSocket(std::function<void()> changed);
    ~RouteSocket();
    RouteSocket(const RouteSocket&) = delete;
    RouteSocket& operator=(const RouteSocket&) = delete;

    /// The present routes; nothing where they cannot be read.
    [[nodiscard]] static std::optional<std::vector<NetworkRoute>> routes();

private:
    void drain();

    std::function<void()> m_changed;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace sallyport
