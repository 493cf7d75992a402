// SPDX-License-Identifier: MIT
#include "core/upstream/sockettransport.h"

#include "core/upstream/socketexchange.h"
#include "core/upstream/targetnames.h"

namespace sallyport {

TlsClientOptions tlsOptionsFor(const UpstreamTarget& target,
                               const SocketTransportOptions& options) {
    TlsClientOptions wanted;
    wanted.serverName = target.host;
    wanted.extraRoots = options.extraRoots;
    wanted.verify = options.verifyTls;
    wanted.certificateChain = options.certificateChain;
    wanted.privateKey = options.privateKey;
    return wanted;
}

SocketTransportCore::SocketTransportCore(Connector& theConnector, DeadlineQueue& theDeadlines,
                                         SocketTransportOptions theOptions)
    : connector(theConnector)
    , deadlines(theDeadlines)
    , options(std::move(theOptions))
    , pool(options.targets.size(), options.maxIdle, options.idleQuota) {
    const std::vector<TargetSpec> specs = targetSpecs(options.targets);
    if (!options.group) options.group = std::make_shared<TargetGroup>(specs, BalanceRules{});
    for (const TargetSpec& spec : specs)
        names.push_back(spec.name);
    for (const UpstreamTarget& target : options.targets)
        tls.push_back(target.isTls
                          ? std::make_shared<TlsClientOptions>(tlsOptionsFor(target, options))
                          : nullptr);
}

std::shared_ptr<WayOut> SocketTransportCore::wayTo(std::size_t target,
                                                   const FieldList& request) const {
    const UpstreamTarget& to = options.targets[target];
    // With another host than a client's we are the client, and not one more proxy in a row.
    const bool isForwarded = options.namedBy == NamedBy::Client;
    return wayOutBy(options.proxies, {to.isTls, to.host, to.port},
                    to.isTls ? ProxyForm::Tunnel : ProxyForm::Absolute,
                    isForwarded && options.proxies ? request.combined("Via") : QByteArray());
}

bool SocketTransportCore::isOfThisNetwork(const UpstreamConnection& connection) const {
    const WayOut* way = connection.way();
    return !way || way->generation == options.proxies->finder().generation();
}

namespace {

class SocketTransport final : public UpstreamTransport {
public:
    explicit SocketTransport(std::shared_ptr<SocketTransportCore> core)
        : m_core(std::move(core)) {}
    ~SocketTransport() override { m_core->pool.close(); }

    std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                            UpstreamObserver& observer) override {
        auto exchange = std::make_unique<SocketExchange>(m_core, std::move(request), observer);
        exchange->open();
        return exchange;
    }

private:
    std::shared_ptr<SocketTransportCore> m_core;
};

} // namespace

std::unique_ptr<UpstreamTransport> makeSocketTransport(Connector& connector,
                                                       DeadlineQueue& deadlines,
                                                       SocketTransportOptions options) {
    return std::make_unique<SocketTransport>(
        std::make_shared<SocketTransportCore>(connector, deadlines, std::move(options)));
}

} // namespace sallyport
