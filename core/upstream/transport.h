// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/net/bytestream.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

namespace sallyport {

class BoundConnections;

/// A request as it is to go out: field rules are applied, hop-by-hop fields are gone; the
/// transport adds its own framing and Connection fields.
struct UpstreamRequest {
    QByteArray method;
    /// Origin-form or "*"; the transport puts the base path of the target it picks in front.
    QByteArray target;
    /// Without Host, Content-Length, Transfer-Encoding and Connection: those are the transport's.
    FieldList fields;
    /// Sent as Host instead of the authority of the target; empty for the usual case.
    QByteArray hostOverride;
    Framing framing;    ///< of the content that will come: None, Length or Chunked
    QByteArray upgrade; ///< value of the Upgrade field to be sent with `Connection: upgrade`
    /// Of the client connection that the request came by; outlives the exchange. Null: an upstream
    /// connection that is bound to a client is closed after the exchange.
    BoundConnections* bound = nullptr;
    /// The name of the one target of the group that it may go to; empty: any.
    QByteArray wantedTarget;
};

/// The connection of an exchange, for the record.
struct UpstreamPeer {
    QString target; ///< `host:port` of the upstream target
    Endpoint peer;
    bool isReused = false;
    QString way; ///< by which proxy and whether in HTTP/2, in words for the record; or empty
};

/// Receives the events of an exchange with an upstream. Calls never come from inside a call of
/// UpstreamExchange; letting the exchange go is allowed in each but upstreamPassedOver().
///
/// Order: (connected? passedOver)* connected? interim* (head body* complete | switched) or failed
/// at any point; complete, switched and failed are last calls.
class UpstreamObserver {
public:
    virtual ~UpstreamObserver() = default;
    /// Once, also where a stale connection was replaced by a new one; again only where the next
    /// target took over from there.
    virtual void upstreamConnected(const UpstreamPeer& peer) = 0;
    /// A target failed, nothing of the request was processed there, and another one is asked. Not
    /// called for the one whose failure is that of the exchange.
    virtual void upstreamPassedOver(const QString& /*target*/, const QString& /*reason*/) {}
    /// The whole request has been handed to the kernel.
    virtual void upstreamRequestSent() = 0;
    virtual void upstreamInterim(const ResponseHead& head) = 0;
    virtual void upstreamHead(ResponseHead head, Framing framing) = 0;
    virtual void upstreamBody(QByteArrayView bytes) = 0;
    /// The response is whole.
    virtual void upstreamComplete(const FieldList& trailers) = 0;
    /// 101: `head` is the response, `early` the bytes that came after it; the stream's new owner
    /// is the observer, reading is off.
    virtual void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) = 0;
    /// No (whole) response. Also after the head: then what came is not all.
    virtual void upstreamFailed(const ExchangeError& error) = 0;
    /// The upload can go on after isCongested() had been true.
    virtual void upstreamWritable() = 0;
    /// All bytes of one read were delivered: a head that was held back, to leave together with the
    /// first content, goes now. Called after each read while the exchange lives.
    virtual void upstreamTurnEnded() {}
};

/// One request under way. Destroying it cancels: the connection is closed at once unless the
/// response was complete and all of the request sent. May outlive its transport, under whose
/// settings it ends.
class UpstreamExchange {
public:
    virtual ~UpstreamExchange() = default;
    /// Next piece of the request's content; framed by the transport. Allowed before the connection
    /// stands (kept, and counted by isCongested()).
    virtual void sendBody(QByteArrayView bytes) = 0;
    /// The content is whole. For Length framing the bytes must add up.
    virtual void finishBody(const FieldList& trailers) = 0;
    [[nodiscard]] virtual bool isCongested() const = 0;
    /// Off holds the origin back by TCP; what has been received by then (up to 32 KiB; of HTTP/2 up
    /// to the stream's window of 256 KiB) still comes, and its silence is not counted. On at first.
    virtual void setReading(bool on) = 0;
    /// After the last call: the content of the response tells of a failure of the upstream, which
    /// its framing did not show.
    virtual void contentFailed(const QString& /*reason*/) {}
};

/// The port to an upstream: one per upstream group.
class UpstreamTransport {
public:
    virtual ~UpstreamTransport() = default;
    /// Starts an exchange; content follows by sendBody(). The observer must outlive the exchange.
    [[nodiscard]] virtual std::unique_ptr<UpstreamExchange> start(UpstreamRequest request,
                                                                  UpstreamObserver& observer) = 0;
};

} // namespace sallyport
