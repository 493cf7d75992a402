// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/observercalls.h"
#include "core/upstream/transport.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace sallyport {

/// Stands between an upstream and the observer of its exchange where a response may not be for the
/// client, since the request may go again with another credential. Passes on all calls, but for
/// those of a response that is held until that is decided: up to the 32 KiB that come after reading
/// was turned off.
class RefusalGate final : public UpstreamObserver {
public:
    enum class Verdict {
        Pass,
        Drop, ///< the exchange was let go
        Hold, ///< until release() or drop(); the caller has turned reading off
    };
    using Judge = std::function<Verdict(const ResponseHead& head)>;

    /// The observer outlives it.
    RefusalGate(UpstreamObserver& observer, Judge judge)
        : m_observer(observer)
        , m_judge(std::move(judge)) {}

    /// Passes on what is held. The observer may let the exchange and this gate go in it.
    void release(UpstreamExchange& exchange);
    /// Forgets what is held, for an exchange that was let go.
    void drop() { m_held.reset(); }

private:
    struct Held {
        ResponseHead head;
        Framing framing;
        QByteArray content;
        std::optional<FieldList> trailers;   ///< it is complete
        std::optional<ExchangeError> failed; ///< in the middle
    };

    void upstreamConnected(const UpstreamPeer& peer) override {
        m_observer.upstreamConnected(peer);
    }
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        m_observer.upstreamPassedOver(target, reason);
    }
    void upstreamRequestSent() override { m_observer.upstreamRequestSent(); }
    void upstreamInterim(const ResponseHead& head) override { m_observer.upstreamInterim(head); }
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override;
    void upstreamComplete(const FieldList& trailers) override;
    void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override {
        m_observer.upstreamSwitched(std::move(head), std::move(stream), std::move(early));
    }
    void upstreamFailed(const ExchangeError& error) override;
    void upstreamWritable() override { m_observer.upstreamWritable(); }
    void upstreamTurnEnded() override {
        if (!m_held) m_observer.upstreamTurnEnded();
    }

    UpstreamObserver& m_observer;
    const Judge m_judge;
    std::optional<Held> m_held;
    ObserverCalls m_calls;
};

} // namespace sallyport
