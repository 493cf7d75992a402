// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/clock.h"
#include "core/upstream/proxyfinder.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace sallyport {

/// The proxies that the system names for each host: by QNetworkProxyFactory, which asks libproxy
/// (variables of the environment with NO_PROXY, GNOME, KDE, PAC and WPAD). One question is the work
/// of a thread of the global pool, since a PAC script is downloaded and run for it. Answers are
/// kept for 30 s, and dropped when the network changes (QNetworkInformation).
class SystemProxies final : public ProxyFinder {
public:
    static constexpr std::chrono::seconds kKept{30};
    static constexpr std::size_t kMostKept = 256;
    /// For hosts that clients name, questions at a time; the others wait in order. A script may
    /// resolve each name, and Qt asks libproxy one question after the other: without a bound those
    /// for the hosts of the configuration would wait for all of them.
    static constexpr int kMostAskedForClients = 1;

    /// Blocks; called in any thread.
    using Ask = std::function<ProxyHops(const ProxyQuery&)>;
    /// `clock` outlives it.
    SystemProxies(const Clock& clock, Ask ask, NamedBy hosts = NamedBy::Configuration);

    [[nodiscard]] std::optional<ProxyHops> find(const ProxyQuery& query,
                                                DeferredTask& waiter) override;
    [[nodiscard]] quint64 generation() const override { return m_generation; }
    /// Calls networkChanged() where the system tells of changes.
    void followNetwork();
    /// Asks anew from here on; connections that stand are no longer used for other requests.
    void networkChanged();

private:
    struct Known {
        std::optional<ProxyHops> hops; ///< nothing: being asked
        Monotonic until{};
        quint64 generation = 0;
    };
    [[nodiscard]] bool mayAsk() const {
        return m_hosts == NamedBy::Configuration || m_asking < kMostAskedForClients;
    }
    void ask(const ProxyQuery& query);
    void answered(const ProxyQuery& query, quint64 generation, ProxyHops hops);

    const Clock& m_clock;
    Ask m_ask;
    NamedBy m_hosts;
    int m_asking = 0; ///< questions under way
    std::map<ProxyQuery, Known> m_known;
    DeferredTaskQueue m_waiting;
    quint64 m_generation = 0;
    QObject m_context; ///< of what arrives from other threads
    std::shared_ptr<const bool> m_isHere = std::make_shared<const bool>(true);
};

/// What QNetworkProxyFactory says, for people who can act on it: SOCKS alone, and a PAC script that
/// nothing here can run, are problems in words.
[[nodiscard]] ProxyHops askSystemForProxies(const ProxyQuery& query);

} // namespace sallyport
