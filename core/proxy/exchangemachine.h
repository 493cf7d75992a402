// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/observe/exchangerecord.h"
#include "core/support/exchangeerror.h"

#include <QVarLengthArray>

#include <variant>

namespace sallyport {

/// How the end of a response's content is shown to the client.
enum class DownstreamFraming { None, Length, Chunked, UntilClose };

/// What a connection becomes that carries no more HTTP messages.
enum class SwitchedTo {
    Tunnel,       ///< after 101, or once the connection of a CONNECT stands
    Events,       ///< a reader of live records
    Interception, ///< a tunnel whose first bytes are waited for
    Self,         ///< a tunnel to the listener itself: HTTP goes on, in a scope of its own
};

/// What happened to an exchange; the input of ExchangeMachine.
namespace event {
struct RequestEnded {}; ///< the request's content is whole
struct RequestFailed {
    ErrorCode code;
}; ///< bad framing, or the client took too long
struct ClientGone {
    QString why; ///< for the record; empty where its end says enough
};
struct Refused {
    ExchangeError error;
}; ///< our own decision, before or instead of an upstream
struct Unreadable {
    ExchangeError error;
}; ///< the head cannot be read, so that nothing after it can be taken for a request
struct Interim {
    int status;
};
struct ResponseHead {
    int status;
    BodyKind kind;
};
struct ResponseEnded {};
struct Switched {
    SwitchedTo to;
}; ///< no HTTP messages follow
struct UpstreamFailed {
    ExchangeError error;
};
} // namespace event
using ExchangeEvent =
    std::variant<event::RequestEnded, event::RequestFailed, event::ClientGone, event::Refused,
                 event::Unreadable, event::Interim, event::ResponseHead, event::ResponseEnded,
                 event::Switched, event::UpstreamFailed>;

/// What is to be done about it, in order; the output of ExchangeMachine.
namespace action {
struct RelayInterim {};
struct SendHead {
    DownstreamFraming framing;
    bool closes;
};
struct SendLastChunk {};
struct SendError {
    ExchangeError error;
    DownstreamFraming framing; ///< Length, or None to HEAD
    bool closes;
};
struct CancelUpstream {};
struct HandOverToTunnel {}; ///< both streams go
struct HandOverToEvents {}; ///< the client's stream goes to the live records
struct HandOverToInterception {};
struct HandOverToSelf {};
struct NextRequest {};     ///< the connection is kept
struct CloseDownstream {}; ///< after what is pending, with a half-close
struct CutDownstream {};   ///< by a reset: a close would look like an end
struct Report {
    ExchangeEnd end;
    QString error;
}; ///< exactly once, before the connection's fate
} // namespace action
using ExchangeAction =
    std::variant<action::RelayInterim, action::SendHead, action::SendLastChunk, action::SendError,
                 action::CancelUpstream, action::HandOverToTunnel, action::HandOverToEvents,
                 action::HandOverToInterception, action::HandOverToSelf, action::NextRequest,
                 action::CloseDownstream, action::CutDownstream, action::Report>;
using ExchangeActions = QVarLengthArray<ExchangeAction, 4>;

/// What is known of the client's side when an exchange begins.
struct RequestTraits {
    bool isHttp10 = false;
    bool isHead = false;
    bool clientPersists = true; ///< the client keeps the connection (RFC 9112 9.3)
    bool hasContent = false;
};

/// Of a request that has just come; a process that drains keeps no connection.
[[nodiscard]] RequestTraits requestTraits(const RequestHead& head, Framing framing,
                                          bool isDraining);

/// Decides what one exchange does: events in, actions out. No socket, no clock, no bytes of content
/// (those pass beside it while isStreaming()). Every exchange that ends has exactly one Report, but
/// for one that is handed over, which its new owner reports.
class ExchangeMachine {
public:
    explicit ExchangeMachine(RequestTraits request);

    [[nodiscard]] ExchangeActions handle(const ExchangeEvent& event);

    /// Content of the response may be passed on.
    [[nodiscard]] bool isStreaming() const { return m_phase == Phase::Streaming; }
    /// Content of the request is still taken.
    [[nodiscard]] bool takesRequest() const { return !m_requestDone && m_phase != Phase::Over; }
    [[nodiscard]] bool isOver() const { return m_phase == Phase::Over; }
    [[nodiscard]] DownstreamFraming framing() const { return m_framing; }

private:
    enum class Phase { Awaiting, Streaming, Over };
    ExchangeActions onRequestFailed(ErrorCode code);
    ExchangeActions refused(const ExchangeError& error, bool closes);
    ExchangeActions onInterim(int status);
    ExchangeActions onResponseHead(const event::ResponseHead& head);
    ExchangeActions onResponseEnded();
    ExchangeActions onSwitched(SwitchedTo to);
    ExchangeActions onUpstreamFailed(const ExchangeError& error);
    [[nodiscard]] action::SendError errorOf(const ExchangeError& error, bool closes) const;
    [[nodiscard]] bool closesAfterwards() const;

    RequestTraits m_request;
    Phase m_phase = Phase::Awaiting;
    DownstreamFraming m_framing = DownstreamFraming::None;
    bool m_requestDone;
    bool m_closes = false;
};

} // namespace sallyport
