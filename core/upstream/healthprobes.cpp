// SPDX-License-Identifier: MIT
#include "core/upstream/healthprobes.h"

#include "core/upstream/http2transport.h"

namespace sallyport {

namespace {

constexpr int kFirstWell = 200;
constexpr int kFirstIll = 400;

SocketTransportOptions optionsFor(const SocketTransportOptions& all, std::size_t target) {
    SocketTransportOptions one = all;
    one.targets = {all.targets[target]};
    one.group = nullptr;
    one.timeouts.firstByte = all.timeouts.connect;
    one.maxIdle = 0;
    return one;
}

} // namespace

/// The probes of one target, one after the other.
class HealthProbes::Probe final : private UpstreamObserver {
public:
    /// The target that is probed, and the group that takes the results.
    struct Target {
        std::shared_ptr<TargetGroup> group;
        std::size_t index;
    };
    Probe(std::unique_ptr<UpstreamTransport> transport, DeadlineQueue& deadlines, Target target,
          HealthRules rules)
        : m_transport(std::move(transport))
        , m_group(std::move(target.group))
        , m_target(target.index)
        , m_rules(std::move(rules))
        , m_clock(deadlines.clock())
        , m_next(deadlines, [this] { ask(); }) {
        m_next.arm(kFirst);
    }

private:
    /// The shortest time that a Deadline takes.
    static constexpr std::chrono::milliseconds kFirst{1};

    void ask() {
        UpstreamRequest request;
        request.method = "GET";
        request.target = m_rules.path;
        request.fields.append("User-Agent", "sallyport-health");
        m_exchange = m_transport->start(std::move(request), *this);
    }
    void over() {
        m_exchange.reset();
        m_next.arm(m_rules.every);
    }
    void upstreamConnected(const UpstreamPeer&) override {}
    void upstreamRequestSent() override {}
    void upstreamInterim(const ResponseHead&) override {}
    void upstreamHead(ResponseHead head, Framing) override {
        if (head.status >= kFirstWell && head.status < kFirstIll)
            m_group->probeSucceeded(m_target, m_clock.now());
        else
            m_group->probeFailed(m_target, QStringLiteral("status %1").arg(head.status),
                                 m_clock.now());
        over();
    }
    void upstreamBody(QByteArrayView) override {}
    void upstreamComplete(const FieldList&) override {}
    void upstreamSwitched(ResponseHead, StreamPtr, QByteArray) override {}
    void upstreamFailed(const ExchangeError& error) override {
        // A shortage of this process says nothing of the target.
        if (error.side == Side::Upstream)
            m_group->probeFailed(m_target, error.detail, m_clock.now());
        over();
    }
    void upstreamWritable() override {}

    std::unique_ptr<UpstreamTransport> m_transport;
    std::shared_ptr<TargetGroup> m_group;
    std::size_t m_target;
    HealthRules m_rules;
    const Clock& m_clock;
    std::unique_ptr<UpstreamExchange> m_exchange;
    Deadline m_next;
};

HealthProbes::HealthProbes(Connector& connector, DeadlineQueue& deadlines,
                           const SocketTransportOptions& options, const HealthRules& rules) {
    for (std::size_t i = 0; i < options.targets.size(); ++i)
        m_probes.push_back(std::make_unique<Probe>(
            makeUpstreamTransport(connector, deadlines, optionsFor(options, i)), deadlines,
            Probe::Target{options.group, i}, rules));
}

HealthProbes::~HealthProbes() = default;

void HealthProbes::stop() { m_probes.clear(); }

} // namespace sallyport
