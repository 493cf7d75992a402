// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <tuple>
#include <vector>

namespace sallyport {

/// Who we are to a proxy. Secret.
struct ProxyIdentity {
    QByteArray user; ///< empty: none
    QByteArray password;
    friend bool operator==(const ProxyIdentity&, const ProxyIdentity&) = default;
};

/// One way: an HTTP proxy, or directly.
struct ProxyHop {
    QByteArray host; ///< a name, or an address without brackets; empty: directly
    quint16 port = 0;
    ProxyIdentity identity = {}; ///< that whoever names the proxy names with it
    friend bool operator==(const ProxyHop&, const ProxyHop&) = default;
};

/// What a connection is for.
struct ProxyQuery {
    bool isTls = false;
    QByteArray host;
    quint16 port = 0;
    /// An order for maps.
    friend bool operator<(const ProxyQuery& a, const ProxyQuery& b) {
        return std::tie(a.isTls, a.port, a.host) < std::tie(b.isTls, b.port, b.host);
    }
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
    /// Another number than before: connections that were made by then are not used again.
    [[nodiscard]] virtual quint64 generation() const { return 0; }
};

} // namespace sallyport
