// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/streamprogress.h"
#include "core/anthropic/usage.h"
#include "core/http/field.h"
#include "core/http/requestrole.h"
#include "core/observe/websocketrecord.h"
#include "core/support/clock.h"
#include "core/support/sharedoptional.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMetaType>
#include <QString>
#include <QVector>

#include <chrono>
#include <optional>

namespace sallyport {

/// Where an exchange stands; phases only move forward.
enum class ExchangePhase {
    Accepted,
    HeadReceived,
    Routed,
    UpstreamChosen,
    RequestSent,
    ResponseHead,
    Streaming,
    Ended
};

/// How an exchange ended; people tell them apart in the log.
enum class ExchangeEnd {
    Running,
    Complete,      ///< the response was whole (whatever its status)
    Refused,       ///< answered by Sallyport itself with an error
    UpstreamError, ///< no response, one that is not HTTP, or one that told of an error in
                   ///< mid-stream
    Truncated,     ///< the upstream ended in mid-response
    Stalled,       ///< an idle time-out in mid-response
    ClientGone,
};

/// The word for it in log lines and exports; stays the same in every language.
[[nodiscard]] QByteArrayView wordOf(RequestRole role);
[[nodiscard]] QByteArrayView wordOf(ExchangeEnd end);

/// Moments after the start of the exchange, in microseconds; absent when not reached.
struct ExchangeTimes {
    std::optional<qint64> connected;
    std::optional<qint64> requestSent;
    std::optional<qint64> firstByte; ///< head of the final response came
    std::optional<qint64> ended;
    std::optional<qint64> admitted = {}; ///< had a place in flight, after waiting for one
};

/// A target that failed before another one took the request.
struct PassedOver {
    QString target; ///< `host:port`
    QString reason;
    friend bool operator==(const PassedOver&, const PassedOver&) = default;
};

/// One exchange as the log shows it: a value, redacted at capture, without contents.
struct ExchangeRecord {
    quint64 id = 0; ///< rises by one; never used again while the process lives
    WallTime startedAt{};
    RequestRole role = RequestRole::Gateway;
    ExchangePhase phase = ExchangePhase::Accepted;
    ExchangeEnd end = ExchangeEnd::Running;
    QByteArray method;
    QByteArray host; ///< as the client named it, with port
    QByteArray path; ///< path and query, secrets in the query redacted
    /// The same as it came, where bytes of it go on percent-encoded; empty otherwise, and where
    /// `path` has something redacted.
    QByteArray receivedPath;
    /// The entry of `intercept:` by which the tunnel was opened: this one, or the one that the
    /// request came by. Empty: none.
    QByteArray interceptedBy;
    QString notIntercepted;         ///< why a tunnel to a listed host stayed blind, for people
    QString route;                  ///< empty: none
    QString upstream;               ///< name of the group; empty: direct or local
    QString target;                 ///< `host:port` that was connected to
    QVector<PassedOver> passedOver; ///< targets that were asked before, in order
    bool isConnectionReused = false;
    QString way;          ///< by which proxy: `proxy.corp.example:3128, Basic`; empty: directly
    int status = 0;       ///< 0 until there is one
    QByteArray errorCode; ///< X-Sallyport-Error of our own responses
    QString error;        ///< text for people: ours, or the upstream's error message
    QByteArray modelAsked;
    QByteArray modelSent;
    Usage usage;
    StreamProgress progress; ///< of a Messages stream, as far as it has come
    bool isEventStream = false;
    bool isUpgraded = false;                    ///< 101 or tunnel: bytes, not messages
    SharedOptional<WebSocketSummary> webSocket; ///< of an upgraded exchange that is read as one
    quint64 events = 0;                         ///< events of a stream so far
    qint64 requestBytes = 0;                    ///< content only
    qint64 responseBytes = 0;                   ///< content only
    QByteArray userAgent;
    QString client;     ///< address of the client
    QString clientName; ///< in `access.clients`; empty: none
    QByteArray session; ///< `X-Claude-Code-Session-Id`; empty: none
    /// `X-Claude-Code-Agent-Id`: the subagent of the session that asks; empty: its main agent.
    QByteArray agent;
    QByteArray parentAgent; ///< `X-Claude-Code-Parent-Agent-Id`; empty: the main agent, or unknown
    /// The exchange whose request was sent once more, numbered as the log window does: `12`, or
    /// `H12` of the history; empty: none.
    QByteArray resentFrom;
    ExchangeTimes times;
};

/// A piece of content with the moment at which it passed.
struct BodyPiece {
    qint64 atMicros = 0; ///< after the start of the exchange
    QByteArray bytes;
};

/// All that is kept of one exchange; for the detail view. Copies share their bytes.
struct ExchangeDetail {
    ExchangeRecord record;
    FieldList requestFields;  ///< as received, redacted
    FieldList sentFields;     ///< as sent upstream, redacted; empty when nothing was sent
    FieldList responseFields; ///< as received from upstream (or our own), redacted
    FieldList responseTrailers;
    QByteArray responseReason;
    QVector<BodyPiece> requestBody;
    QVector<BodyPiece> responseBody; ///< coded as on the wire (see Content-Encoding)
    bool isRequestBodyCut = false;
    bool isResponseBodyCut = false;
    /// The latest messages of a WebSocket, oldest first: what happened last is what one looks for,
    /// and how it ended. record.webSocket counts those that are no longer here as well.
    QVector<WebSocketEntry> webSocket;
};

} // namespace sallyport

Q_DECLARE_METATYPE(sallyport::ExchangeRecord)
Q_DECLARE_METATYPE(sallyport::ExchangeDetail)
