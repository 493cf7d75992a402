// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/routesocket.h"
#include "core/support/deadline.h"

#include <QObject>

#include <functional>
#include <optional>

namespace sallyport {

/// Tells when connections that were made before are of another network: the machine was suspended
/// (logind's `PrepareForSleep` on the system bus), or its routes have changed (rtnetlink; elsewhere
/// than on Linux QNetworkInformation). Where the system tells of neither it is silent.
class NetworkWatch : public QObject {
    Q_OBJECT
public:
    /// Calls `changed` from the event loop: at once after a resume; of routes when they have been
    /// different, kSettle after the first sign, so that what a VPN does step by step is one change.
    /// `deadlines` outlives it.
    NetworkWatch(DeadlineQueue& deadlines, std::function<void(const char* reason)> changed);

    static constexpr std::chrono::milliseconds kSettle{500};

private slots:
    void prepareForSleep(bool begins);

private:
    void look();
    void followReachability();

    std::function<void(const char*)> m_changed;
    std::optional<std::vector<NetworkRoute>> m_routes;
    RouteSocket m_socket;
    Deadline m_settled;
};

} // namespace sallyport
