// SPDX-License-Identifier: MIT
#include "core/proxy/exchangemachine.h"

namespace sallyport {

namespace {

template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

} // namespace

ExchangeMachine::ExchangeMachine(RequestTraits facts)
    : m_facts(facts)
    , m_requestDone(!facts.hasContent) {}

ExchangeActions ExchangeMachine::handle(const ExchangeEvent& happened) {
    if (isOver()) return {};
    return std::visit(
        Overloaded{
            [this](const event::RequestEnded&) {
                m_requestDone = true;
                return ExchangeActions{};
            },
            [this](const event::RequestFailed& e) { return onRequestFailed(e.code); },
            [this](const event::ClientGone& e) {
                m_phase = Phase::Over;
                return ExchangeActions{action::CancelUpstream{},
                                       action::Report{ExchangeEnd::ClientGone, e.why},
                                       action::CutDownstream{}};
            },
            [this](const event::Refused& e) { return onRefused(e.error); },
            [this](const event::Interim& e) { return onInterim(e.status); },
            [this](const event::ResponseHead& e) { return onResponseHead(e); },
            [this](const event::ResponseEnded&) { return onResponseEnded(); },
            [this](const event::Switched&) {
                m_phase = Phase::Over; // the tunnel reports
                return ExchangeActions{action::HandOver{}};
            },
            [this](const event::UpstreamFailed& e) { return onUpstreamFailed(e.error); },
        },
        happened);
}

// RFC 9112 9.3: a proxy keeps no persistent connection with an HTTP/1.0 client. What is left of a
// request's content must never be read as a next request, so an unfinished one closes as well.
bool ExchangeMachine::closesAfterwards() const {
    return !m_facts.clientPersists || m_facts.isHttp10 || !m_requestDone;
}

ExchangeActions ExchangeMachine::onRequestFailed(ErrorCode code) {
    const ExchangeError error{code, Side::Downstream, {}};
    const bool canRespond = m_phase == Phase::Awaiting;
    m_phase = Phase::Over;
    if (!canRespond)
        return {action::CancelUpstream{}, action::Report{ExchangeEnd::ClientGone, {}},
                action::CutDownstream{}};
    return {action::CancelUpstream{}, action::SendError{error, true},
            action::Report{ExchangeEnd::Refused, {}}, action::CloseDownstream{}};
}

ExchangeActions ExchangeMachine::onRefused(const ExchangeError& error) {
    Q_ASSERT(m_phase == Phase::Awaiting);
    m_phase = Phase::Over;
    const bool closes = closesAfterwards() || error.code == ErrorCode::MalformedRequest;
    ExchangeActions out{action::CancelUpstream{}, action::SendError{error, closes},
                        action::Report{ExchangeEnd::Refused, {}}};
    if (closes)
        out.append(action::CloseDownstream{});
    else
        out.append(action::NextRequest{});
    return out;
}

ExchangeActions ExchangeMachine::onInterim(int status) {
    // RFC 9110 15.2: no 1xx to an HTTP/1.0 client; and a 100 has no use once the content is here.
    if (m_phase != Phase::Awaiting || m_facts.isHttp10) return {};
    if (status == 100 && m_requestDone) return {};
    return {action::RelayInterim{}};
}

ExchangeActions ExchangeMachine::onResponseHead(const event::ResponseHead& head) {
    if (m_phase != Phase::Awaiting) return {};
    m_phase = Phase::Streaming;
    switch (head.kind) {
    case BodyKind::None: m_framing = DownstreamFraming::None; break;
    case BodyKind::Length: m_framing = DownstreamFraming::Length; break;
    case BodyKind::Chunked:
    case BodyKind::UntilClose:
        // RFC 9112 6.1: no Transfer-Encoding to a 1.0 client.
        m_framing = m_facts.isHttp10 ? DownstreamFraming::UntilClose : DownstreamFraming::Chunked;
        break;
    }
    if (m_facts.isHead) m_framing = DownstreamFraming::None;
    m_closes = closesAfterwards() || m_framing == DownstreamFraming::UntilClose;
    return {action::SendHead{m_framing, m_closes}};
}

ExchangeActions ExchangeMachine::onResponseEnded() {
    if (m_phase != Phase::Streaming) return {};
    m_phase = Phase::Over;
    ExchangeActions out;
    if (m_framing == DownstreamFraming::Chunked) out.append(action::SendLastChunk{});
    if (!m_requestDone) out.append(action::CancelUpstream{});
    out.append(action::Report{ExchangeEnd::Complete, {}});
    if (m_closes || !m_requestDone)
        out.append(action::CloseDownstream{});
    else
        out.append(action::NextRequest{});
    return out;
}

ExchangeActions ExchangeMachine::onUpstreamFailed(const ExchangeError& error) {
    const bool wasAwaiting = m_phase == Phase::Awaiting;
    const bool closes = closesAfterwards();
    m_phase = Phase::Over;
    if (wasAwaiting) {
        const auto end =
            error.side == Side::Upstream ? ExchangeEnd::UpstreamError : ExchangeEnd::Refused;
        ExchangeActions out{action::CancelUpstream{}, action::SendError{error, closes},
                            action::Report{end, {}}};
        if (closes)
            out.append(action::CloseDownstream{});
        else
            out.append(action::NextRequest{});
        return out;
    }
    // RFC 9112 8: a cut stays visible. A missing last chunk or missing bytes show in a clean
    // close, which lets the client have what came; without framing only a reset tells.
    const auto end = error.code == ErrorCode::UpstreamIdleTimeout ? ExchangeEnd::Stalled
                                                                  : ExchangeEnd::Truncated;
    ExchangeActions out{action::CancelUpstream{}, action::Report{end, error.detail}};
    if (m_framing == DownstreamFraming::UntilClose)
        out.append(action::CutDownstream{});
    else
        out.append(action::CloseDownstream{});
    return out;
}

} // namespace sallyport
