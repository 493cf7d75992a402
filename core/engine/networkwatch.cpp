// SPDX-License-Identifier: MIT
#include "core/engine/networkwatch.h"

#include <QDBusConnection>
#include <QNetworkInformation>

namespace sallyport {

NetworkWatch::NetworkWatch(DeadlineQueue& deadlines, std::function<void(const char*)> changed)
    : m_changed(std::move(changed))
    , m_routes(RouteSocket::routes())
    , m_socket([this] { look(); })
    , m_settled(deadlines, [this] { m_changed("routes"); }) {
    QDBusConnection::systemBus().connect(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
        SLOT(prepareForSleep(bool)));
    if (!m_routes) followReachability();
}

void NetworkWatch::prepareForSleep(bool begins) {
    if (!begins) m_changed("resumed");
}

/// Compared each time, and not in the end: a link that goes and comes back may be of another
/// network with the same gateway.
void NetworkWatch::look() {
    auto routes = RouteSocket::routes();
    if (!routes || routes == m_routes) return;
    m_routes = std::move(routes);
    if (!m_settled.isArmed()) m_settled.arm(kSettle);
}

void NetworkWatch::followReachability() {
    if (!QNetworkInformation::loadDefaultBackend()) return;
    const auto* const network = QNetworkInformation::instance();
    const auto changed = [this] {
        if (!m_settled.isArmed()) m_settled.arm(kSettle);
    };
    connect(network, &QNetworkInformation::reachabilityChanged, this, changed);
    connect(network, &QNetworkInformation::transportMediumChanged, this, changed);
}

} // namespace sallyport
