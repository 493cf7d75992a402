// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/outboundproxies.h"
#include "core/upstream/proxyhandshake.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <utility>

namespace sallyport {

/// How one connection leaves this machine: what is wanted, and once it stands what came of it.
struct WayOut {
    std::shared_ptr<OutboundProxies> proxies;
    ProxyQuery query;
    ProxyForm form = ProxyForm::Tunnel;
    QByteArray via = {};    ///< ProxyHandshake::Request::via
    quint64 generation = 0; ///< ProxyFinder::generation() when it was begun

    QString name = {};     ///< in words, for the record; empty: directly
    QByteArray early = {}; ///< came from the origin together with the proxy's 2xx to CONNECT
    /// Requests go in absolute-form, with the authorization of `login`; null: in origin-form.
    std::shared_ptr<ProxyLogin> login = {};
    ProxyIdentity identity = {}; ///< for that; secret
};

/// A way for one connection that is to be made now; null where `proxies` is.
[[nodiscard]] inline std::shared_ptr<WayOut> wayOutBy(std::shared_ptr<OutboundProxies> proxies,
                                                      ProxyQuery query, ProxyForm form,
                                                      QByteArray via = {}) {
    if (!proxies) return nullptr;
    auto way = std::make_shared<WayOut>();
    way->generation = proxies->finder().generation();
    way->proxies = std::move(proxies);
    way->query = std::move(query);
    way->form = form;
    way->via = std::move(via);
    return way;
}

} // namespace sallyport
