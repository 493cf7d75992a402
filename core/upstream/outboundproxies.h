// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/proxyfinder.h"
#include "core/upstream/proxylogin.h"
#include "core/upstream/proxypassword.h"

#include <QByteArray>

#include <memory>
#include <utility>
#include <vector>

namespace sallyport {

/// The proxies of one `via`: which there are, as whom we log in, and what is known of each login.
class OutboundProxies {
public:
    /// `password` may be null: none.
    OutboundProxies(std::shared_ptr<ProxyFinder> finder, QByteArray user,
                    std::shared_ptr<ProxyPassword> password)
        : m_finder(std::move(finder))
        , m_user(std::move(user))
        , m_password(std::move(password)) {}

    [[nodiscard]] ProxyFinder& finder() { return *m_finder; }
    /// The error is a clause. Nothing: `waiter` is run once when it may be known.
    [[nodiscard]] std::optional<Result<ProxyIdentity, QString>> identity(DeferredTask& waiter);
    void refused(const ProxyIdentity& identity) {
        if (m_password) m_password->refused(identity.password);
    }
    [[nodiscard]] std::shared_ptr<ProxyLogin> loginTo(const ProxyHop& hop);

private:
    std::shared_ptr<ProxyFinder> m_finder;
    QByteArray m_user;
    std::shared_ptr<ProxyPassword> m_password;
    std::vector<std::pair<ProxyHop, std::shared_ptr<ProxyLogin>>> m_logins;
};

} // namespace sallyport
