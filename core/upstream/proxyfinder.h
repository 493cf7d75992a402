// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

/// One way: an HTTP proxy, or directly.
struct ProxyHop {
    QByteArray host; ///< a name, or an address without brackets; empty: directly
    quint16 port = 0;
    friend bool operator==(const ProxyHop&, const ProxyHop&) = default;
};

/// What a connection is for.
struct ProxyQuery {
    bool isTls = false;
    QByteArray host;
    quint16 port = 0;
    friend auto operator<=>(const ProxyQuery&, const ProxyQuery&) = default;
};

/// What is to be tried, in order.
struct ProxyHops {
    QString source; ///< `system` or `system, PAC`; empty: the configuration names the proxy
    std::vector<ProxyHop> hops;
    QString problem; ///< a clause, where there are no hops
};

/// Which proxies lead to a host.
class ProxyFinder {
public:
    virtual ~ProxyFinder() = default;
    /// Nothing: it is not known yet, and `waiter` is run once when it may be.
    [[nodiscard]] virtual std::optional<ProxyHops> find(const ProxyQuery& query,
                                                        DeferredTask& waiter) = 0;
};

} // namespace sallyport
