// SPDX-License-Identifier: MIT
#include "core/proxy/refusalgate.h"

#include <utility>

namespace sallyport {

void RefusalGate::upstreamHead(ResponseHead head, Framing framing) {
    switch (m_judge(head)) {
    case Verdict::Pass: m_observer.upstreamHead(std::move(head), framing); return;
    case Verdict::Drop: return;
    case Verdict::Hold: m_held = Held{std::move(head), framing, {}, {}, {}}; return;
    }
}

void RefusalGate::upstreamBody(QByteArrayView bytes) {
    if (m_held)
        m_held->content.append(bytes);
    else
        m_observer.upstreamBody(bytes);
}

void RefusalGate::upstreamComplete(const FieldList& trailers) {
    if (m_held)
        m_held->trailers = trailers;
    else
        m_observer.upstreamComplete(trailers);
}

void RefusalGate::upstreamFailed(const ExchangeError& error) {
    if (m_held)
        m_held->failed = error;
    else
        m_observer.upstreamFailed(error);
}

void RefusalGate::release(UpstreamExchange& exchange) {
    if (!m_held) return;
    Held held = *std::exchange(m_held, {});
    const bool isOver = held.trailers || held.failed;
    // Before the observer has a chance to turn it off again.
    if (!isOver) exchange.setReading(true);
    if (!m_calls.make([&] { m_observer.upstreamHead(std::move(held.head), held.framing); })) return;
    if (!m_calls.make([&] { m_observer.upstreamBody(held.content); })) return;
    if (held.trailers)
        m_observer.upstreamComplete(*held.trailers);
    else if (held.failed)
        m_observer.upstreamFailed(*held.failed);
    else
        m_observer.upstreamTurnEnded();
}

} // namespace sallyport
