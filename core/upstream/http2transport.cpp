// SPDX-License-Identifier: MIT
#include "core/upstream/http2transport.h"

#include "core/upstream/authbinding.h"
#include "core/upstream/http2exchange.h"
#include "core/upstream/targetnames.h"

namespace sallyport {

namespace {

class Http2Transport final : public UpstreamTransport {
public:
    Http2Transport(std::shared_ptr<Http2Pool> pool, std::unique_ptr<UpstreamTransport> sockets)
        : m_pool(std::move(pool))
        , m_sockets(std::move(sockets)) {}
    ~Http2Transport() override { m_pool->close(); }

    std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                            UpstreamObserver& observer) override {
        if (!request.upgrade.isEmpty() || credentialsBindConnection(request.fields))
            return m_sockets->start(std::move(request), observer);
        auto exchange = std::make_unique<Http2Exchange>(m_pool, std::move(request), observer);
        exchange->open();
        return exchange;
    }

private:
    std::shared_ptr<Http2Pool> m_pool;
    std::unique_ptr<UpstreamTransport> m_sockets;
};

} // namespace

std::unique_ptr<UpstreamTransport> makeUpstreamTransport(Connector& connector,
                                                         DeadlineQueue& deadlines,
                                                         SocketTransportOptions options) {
    if (!options.usesHttp2) return makeSocketTransport(connector, deadlines, std::move(options));
    if (!options.group)
        options.group = std::make_shared<TargetGroup>(targetSpecs(options.targets), BalanceRules{});
    auto sockets = makeSocketTransport(connector, deadlines, options);
    return std::make_unique<Http2Transport>(
        std::make_shared<Http2Pool>(connector, deadlines, std::move(options)), std::move(sockets));
}

} // namespace sallyport
