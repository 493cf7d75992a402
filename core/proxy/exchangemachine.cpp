// SPDX-License-Identifier: MIT
#include "core/proxy/exchangemachine.h"

#include "core/support/overloaded.h"

namespace sallyport {

namespace {

void appendConnectionEnd(ExchangeActions& actions, bool closes) {
    if (closes)
        actions.append(action::CloseDownstream{});
    else
        actions.append(action::NextRequest{});
}

} // namespace

RequestTraits requestTraits(const RequestHead& head, Framing framing, bool isDraining) {
    RequestTraits out;
    out.isHttp10 = head.version.minor == 0;
    out.isHead = head.method == "HEAD";
    // What follows a CONNECT may be meant for the tunnel that did not come: never a request.
    out.clientPersists =
        isPersistent(head.version, head.fields) && !isDraining && head.method != "CONNECT";
    out.hasContent = framing.kind != BodyKind::None;
    return out;
}

ExchangeMachine::ExchangeMachine(RequestTraits request)
    : m_request(request)
    , m_requestDone(!request.hasContent) {}

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
            [this](const event::Refused& e) {
                return refused(e.error,
                               closesAfterwards() || e.error.code == ErrorCode::MalformedRequest);
            },
            [this](const event::Unreadable& e) { return refused(e.error, true); },
            [this](const event::Interim& e) { return onInterim(e.status); },
            [this](const event::ResponseHead& e) { return onResponseHead(e); },
            [this](const event::ResponseEnded&) { return onResponseEnded(); },
            [this](const event::Switched& e) { return onSwitched(e.to); },
            [this](const event::UpstreamFailed& e) { return onUpstreamFailed(e.error); },
        },
        happened);
}

// RFC 9112 9.3: a proxy keeps no persistent connection with an HTTP/1.0 client. What is left of a
// request's content must never be read as a next request, so an unfinished one closes as well.
bool ExchangeMachine::closesAfterwards() const {
    return !m_request.clientPersists || m_request.isHttp10 || !m_requestDone;
}

ExchangeActions ExchangeMachine::onRequestFailed(ErrorCode code) {
    if (m_phase == Phase::Awaiting) return refused({code, Side::Downstream, {}}, true);
    m_phase = Phase::Over;
    return {action::CancelUpstream{}, action::Report{ExchangeEnd::ClientGone, {}},
            action::CutDownstream{}};
}

ExchangeActions ExchangeMachine::refused(const ExchangeError& error, bool closes) {
    // Once the head has gone nothing can be refused any more.
    if (m_phase != Phase::Awaiting) return {};
    m_phase = Phase::Over;
    ExchangeActions out{action::CancelUpstream{}, errorOf(error, closes),
                        action::Report{ExchangeEnd::Refused, {}}};
    appendConnectionEnd(out, closes);
    return out;
}

action::SendError ExchangeMachine::errorOf(const ExchangeError& error, bool closes) const {
    const auto framing = m_request.isHead ? DownstreamFraming::None : DownstreamFraming::Length;
    return {error, framing, closes};
}

ExchangeActions ExchangeMachine::onInterim(int status) {
    // RFC 9110 15.2: no 1xx to an HTTP/1.0 client; and a 100 has no use once the content is here.
    if (m_phase != Phase::Awaiting || m_request.isHttp10) return {};
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
        m_framing = m_request.isHttp10 ? DownstreamFraming::UntilClose : DownstreamFraming::Chunked;
        break;
    }
    if (m_request.isHead) m_framing = DownstreamFraming::None;
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
    appendConnectionEnd(out, m_closes || !m_requestDone);
    return out;
}

ExchangeActions ExchangeMachine::onSwitched(SwitchedTo to) {
    if (m_phase != Phase::Awaiting) return {};
    m_phase = Phase::Over;
    switch (to) {
    case SwitchedTo::Tunnel: return {action::HandOverToTunnel{}};
    case SwitchedTo::Events: return {action::HandOverToEvents{}};
    case SwitchedTo::Interception: return {action::HandOverToInterception{}};
    case SwitchedTo::Self: return {action::HandOverToSelf{}};
    }
    Q_UNREACHABLE();
}

ExchangeActions ExchangeMachine::onUpstreamFailed(const ExchangeError& error) {
    const bool wasAwaiting = m_phase == Phase::Awaiting;
    const bool closes = closesAfterwards();
    m_phase = Phase::Over;
    if (wasAwaiting) {
        const auto end =
            error.side == Side::Upstream ? ExchangeEnd::UpstreamError : ExchangeEnd::Refused;
        ExchangeActions out{action::CancelUpstream{}, errorOf(error, closes),
                            action::Report{end, {}}};
        appendConnectionEnd(out, closes);
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
