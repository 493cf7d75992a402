// SPDX-License-Identifier: MIT
#include "core/proxy/estimatingtransport.h"

#include "core/anthropic/tokenestimator.h"
#include "core/http/reasonphrase.h"
#include "core/upstream/observercalls.h"

#include <chrono>

namespace sallyport {

namespace {

/// Bytes of a replaced response that are read, so that its connection can be kept.
constexpr qsizetype kMostDropped = qsizetype{64} * 1024;
/// A later turn of the event loop: observers are never called from inside a call of theirs.
constexpr std::chrono::milliseconds kSoon{1};

bool isTokenCount(const UpstreamRequest& request) {
    const QByteArrayView target(request.target);
    const qsizetype query = target.indexOf('?');
    const QByteArrayView path = query < 0 ? target : target.first(query);
    return request.method == "POST" && path.endsWith("/v1/messages/count_tokens") &&
           request.framing.kind != BodyKind::None && !request.fields.contains("Expect") &&
           !request.fields.contains("Content-Encoding");
}

/// Statuses by which servers say that they have no such endpoint.
bool isMissing(int status) { return status == 404 || status == 405 || status == 501; }

class EstimatingExchange final : public UpstreamExchange, private UpstreamObserver {
public:
    EstimatingExchange(DeadlineQueue& deadlines, UpstreamTransport& upstream,
                       UpstreamRequest request, UpstreamObserver& observer)
        : m_observer(observer)
        , m_later(deadlines, [this] { respond(); })
        , m_upstream(upstream.start(std::move(request), *this)) {}
    EstimatingExchange(const EstimatingExchange&) = delete;
    EstimatingExchange& operator=(const EstimatingExchange&) = delete;
    ~EstimatingExchange() override = default;

    void sendBody(QByteArrayView bytes) override {
        m_estimator.feed(bytes);
        if (m_upstream) m_upstream->sendBody(bytes);
    }
    void finishBody(const FieldList& trailers) override {
        m_isRequestWhole = true;
        if (m_upstream)
            m_upstream->finishBody(trailers);
        else
            m_later.arm(kSoon);
    }
    [[nodiscard]] bool isCongested() const override {
        return m_upstream && m_upstream->isCongested();
    }
    void setReading(bool on) override {
        if (m_upstream && !m_isReplaced) m_upstream->setReading(on);
    }
    void contentFailed(const QString& reason) override {
        if (m_upstream) m_upstream->contentFailed(reason);
    }

private:
    void upstreamConnected(const UpstreamPeer& peer) override {
        m_observer.upstreamConnected(peer);
    }
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        m_observer.upstreamPassedOver(target, reason);
    }
    void upstreamRequestSent() override { m_observer.upstreamRequestSent(); }
    void upstreamInterim(const ResponseHead& head) override { m_observer.upstreamInterim(head); }
    void upstreamHead(ResponseHead head, Framing framing) override {
        m_isReplaced = isMissing(head.status);
        if (!m_isReplaced) m_observer.upstreamHead(std::move(head), framing);
    }
    void upstreamBody(QByteArrayView bytes) override {
        if (!m_isReplaced) {
            m_observer.upstreamBody(bytes);
            return;
        }
        m_dropped += bytes.size();
        if (m_dropped > kMostDropped) replace();
    }
    void upstreamComplete(const FieldList& trailers) override {
        if (m_isReplaced)
            replace();
        else
            m_observer.upstreamComplete(trailers);
    }
    void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override {
        m_observer.upstreamSwitched(std::move(head), std::move(stream), std::move(early));
    }
    void upstreamFailed(const ExchangeError& error) override {
        if (m_isReplaced)
            replace();
        else
            m_observer.upstreamFailed(error);
    }
    void upstreamWritable() override { m_observer.upstreamWritable(); }
    void upstreamTurnEnded() override {
        if (!m_isReplaced) m_observer.upstreamTurnEnded();
    }

    /// The upstream's response has ended; that of ours may have to wait for the request.
    void replace() {
        const bool wasCongested = isCongested();
        m_upstream.reset();
        if (m_isRequestWhole)
            respond();
        else if (wasCongested)
            m_observer.upstreamWritable();
    }
    void respond();

    UpstreamObserver& m_observer;
    TokenEstimator m_estimator;
    Deadline m_later;
    bool m_isReplaced = false;
    qsizetype m_dropped = 0;
    bool m_isRequestWhole = false;
    ObserverCalls m_calls;
    std::unique_ptr<UpstreamExchange> m_upstream; ///< null once its response has ended
};

void EstimatingExchange::respond() {
    const QByteArray content = estimateBody(m_estimator.tokens());
    ResponseHead head;
    head.status = 200;
    head.reason = reasonPhrase(head.status).toByteArray();
    head.fields.append("Content-Type", "application/json");
    head.fields.append("X-Sallyport-Estimate", "input_tokens");
    head.fields.append("Content-Length", QByteArray::number(content.size()));
    const Framing framing{BodyKind::Length, static_cast<quint64>(content.size())};
    if (!m_calls.make([&] { m_observer.upstreamHead(std::move(head), framing); })) return;
    if (!m_calls.make([&] { m_observer.upstreamBody(content); })) return;
    m_observer.upstreamComplete({});
}

class EstimatingTransport final : public UpstreamTransport {
public:
    EstimatingTransport(std::shared_ptr<UpstreamTransport> upstream, DeadlineQueue& deadlines)
        : m_upstream(std::move(upstream))
        , m_deadlines(deadlines) {}
    std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                            UpstreamObserver& observer) override {
        if (!isTokenCount(request)) return m_upstream->start(std::move(request), observer);
        return std::make_unique<EstimatingExchange>(m_deadlines, *m_upstream, std::move(request),
                                                    observer);
    }

private:
    std::shared_ptr<UpstreamTransport> m_upstream;
    DeadlineQueue& m_deadlines;
};

} // namespace

std::shared_ptr<UpstreamTransport>
makeEstimatingTransport(std::shared_ptr<UpstreamTransport> upstream, DeadlineQueue& deadlines) {
    return std::make_shared<EstimatingTransport>(std::move(upstream), deadlines);
}

} // namespace sallyport
