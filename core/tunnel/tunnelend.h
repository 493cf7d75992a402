// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "core/support/exchangeerror.h"

#include <QString>

#include <chrono>
#include <optional>

namespace sallyport {

/// How long a tunnel may stand still; 0 is without a bound.
struct TunnelLimits {
    /// Silence of the side that still sends, after the other has ended its direction. Such a tunnel
    /// remains of a peer that went away without a FIN; HAProxy's `timeout client-fin`
    /// exists for it, nginx does not even let it come about.
    std::chrono::milliseconds halfClosedIdle{60'000};
    /// Silence of both sides. A WebSocket may be silent for as long as it likes.
    std::chrono::milliseconds idle{0};
    /// Bytes wait for a side that takes not one of them. Noticed within twice this time.
    std::chrono::milliseconds stalled{300'000};
};

/// What ended a tunnel.
struct TunnelEnd {
    enum class Cause {
        Finished,   ///< both sides have ended their direction (FIN)
        Failed,     ///< a side's connection failed
        HalfClosed, ///< one side had ended, and the other was silent for too long
        Idle,       ///< both were silent for too long
        Stalled,    ///< a side took nothing for too long
        NoRequest,  ///< after a refused upgrade the client sent what is no HTTP request
        CutHere,    ///< the process ends
    };
    Cause cause = Cause::Finished;
    /// The side that ended first, failed, or took nothing: Downstream or Upstream.
    Side side = Side::Internal;
    QString detail;                    ///< of Failed, NoRequest: the evidence
    std::chrono::milliseconds after{}; ///< of a time-out: how long
};

/// What the record says of it.
struct TunnelOutcome {
    ExchangeEnd end = ExchangeEnd::Complete;
    QString error; ///< one clause for people; names the side; empty where all was in order
    WebSocketEnd webSocket = WebSocketEnd::Closed; ///< where it was one
};

/// A WebSocket whose sides have both sent a close frame is complete however its connections end
/// (RFC 6455 7.1.4). Without any close frame even an orderly end is an abrupt one (7.1.5: 1006).
[[nodiscard]] TunnelOutcome classifyEnd(const TunnelEnd& end,
                                        const SharedOptional<WebSocketSummary>& webSocket);

} // namespace sallyport
