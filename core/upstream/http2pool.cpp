// SPDX-License-Identifier: MIT
#include "core/upstream/http2pool.h"

#include "core/upstream/targetnames.h"

#include <algorithm>
#include <utility>

namespace sallyport {

Http2Pool::Http2Pool(Connector& connector, DeadlineQueue& deadlines, SocketTransportOptions options)
    : m_connector(connector)
    , m_deadlines(deadlines)
    , m_options(std::move(options))
    , m_connections(m_options.targets.size()) {
    for (const TargetSpec& spec : targetSpecs(m_options.targets))
        m_names.push_back(spec.name);
    for (const UpstreamTarget& target : m_options.targets) {
        auto tls = target.isTls
                       ? std::make_shared<TlsClientOptions>(tlsOptionsFor(target, m_options))
                       : nullptr;
        // RFC 9113 3.2: over TLS the protocol is chosen by ALPN; in plain text it is known before.
        if (tls) tls->alpn = "h2";
        m_tls.push_back(std::move(tls));
    }
}

ConnectTarget Http2Pool::connectTargetOf(std::size_t target) const {
    const UpstreamTarget& is = m_options.targets[target];
    ConnectTarget to;
    to.host = is.host;
    to.port = is.port;
    to.namedBy = m_options.namedBy;
    to.tls = m_tls[target];
    to.timeout = m_options.timeouts.connect;
    to.mayConnect = m_options.mayConnect;
    // Absolute-form is of HTTP/1.1: a proxy speaks that itself. Here it has to pass bytes on.
    to.wayOut = wayOutBy(m_options.proxies, {is.isTls, is.host, is.port}, ProxyForm::Tunnel);
    return to;
}

bool Http2Pool::isOfThisNetwork(const Http2Connection& connection) const {
    const WayOut* const way = connection.way();
    return !way || way->generation == m_options.proxies->finder().generation();
}

std::shared_ptr<Http2Connection> Http2Pool::connectionTo(std::size_t target) {
    auto& all = m_connections[target];
    std::erase_if(all, [this](const auto& each) {
        const bool isOfNoUse = !isOfThisNetwork(*each);
        if (isOfNoUse) each->retire();
        return isOfNoUse || each->isOver();
    });
    const auto free =
        std::find_if(all.begin(), all.end(), [](const auto& each) { return each->takesMore(); });
    if (free != all.end()) return *free;
    const auto known =
        std::find_if(all.begin(), all.end(), [](const auto& each) { return each->isReady(); });
    const auto expected = known == all.end() ? Http2Session::kMaxStreams : (*known)->mostStreams();
    const auto idleFor = m_options.maxIdle == 0 ? std::chrono::milliseconds(0) : m_options.idleFor;
    auto made = std::make_shared<Http2Connection>(
        Http2ConnectionContext{m_connector, m_deadlines, m_options.limits, idleFor, expected},
        connectTargetOf(target));
    made->open();
    all.push_back(made);
    return made;
}

void Http2Pool::close() {
    for (const auto& each : m_connections)
        for (const auto& connection : each)
            connection->retire();
    m_connections.assign(m_connections.size(), {});
}

} // namespace sallyport
