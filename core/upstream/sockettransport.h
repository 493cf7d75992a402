// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/targetgroup.h"
#include "core/http/parseoutcome.h"
#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/idlequota.h"
#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QHostAddress>

#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// What a response may cost; beyond it the exchange fails as UpstreamProtocol.
struct ResponseLimits {
    ParseLimits parse;
    int interimResponses = 32; ///< 1xx to one request (RFC 9110 15.2 sets no bound)
};

class OutboundProxies;

/// What the transport of one upstream group needs; everything borrowed must outlive it.
struct SocketTransportOptions {
    std::vector<UpstreamTarget> targets;
    bool usesHttp2 = false; ///< asked for of makeUpstreamTransport()
    /// Chooses among them, and is told what became of each request; its targets are those of
    /// targetSpecs(). Null: one of its own, in the order of the list.
    std::shared_ptr<TargetGroup> group;
    NamedBy namedBy = NamedBy::Configuration; ///< the hosts of the targets
    UpstreamTimeouts timeouts;
    ResponseLimits limits;
    std::vector<QSslCertificate> extraRoots; ///< beside the system's store
    bool verifyTls = true;
    QByteArray certificateChain; ///< of our own, PEM, the leaf first; empty: none is shown
    QByteArray privateKey;       ///< PEM, without a passphrase; secret
    std::function<bool(const QHostAddress&)> mayConnect; ///< may be null
    /// The connector has to be a ViaConnector, or one on top of it; null: directly. `http` targets
    /// are asked in absolute-form, `https` ones by CONNECT.
    std::shared_ptr<OutboundProxies> proxies;
    std::size_t maxIdle = 64;                 ///< connections kept per target
    std::shared_ptr<IdleQuota> idleQuota;     ///< over several transports; may be null
    std::chrono::milliseconds idleFor{60000}; ///< how long one is kept unused
};

/// TLS to that target, by what `options` say of trust and of our own certificate.
[[nodiscard]] TlsClientOptions tlsOptionsFor(const UpstreamTarget& target,
                                             const SocketTransportOptions& options);

/// The data path: our parser over ByteStream, with a keep-alive pool per target.
///
/// A connection that a client has authenticated, or was asked to (RFC 4559 6), serves the client
/// connection of that exchange alone (UpstreamRequest::bound) and never goes into the pool.
///
/// A pooled connection is checked right before use (ByteStream::isReusable()), and is not used
/// beyond the time that the origin announced in `Keep-Alive: timeout=N`. When one ends all the same
/// before one byte of a response, the request is sent again once, on a new connection,
///  - whatever its method, where it is proven that the peer took nothing of it (Delivery::None) and
///    all content that was given so far is at hand: at most 256 KiB, and above 16 KiB for 2 s;
///  - GET, HEAD, OPTIONS and TRACE without content in any case.
/// On the same two conditions it goes to another target, when a connection to the first one, new or
/// kept, ends so; and whatever it is where no connection stood. Every target has one turn.
///
/// Everything else is never sent twice: RFC 9110 9.2.2, "A proxy MUST NOT automatically retry
/// non-idempotent requests". PUT and DELETE are idempotent, and a second try would be allowed; but
/// the repetition of a DELETE that worked gets 404, so they are taken as POST is. RFC 9112
/// 9.3.1 refers to the same section. Surplus bytes after a response kill the connection.
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeSocketTransport(Connector& connector, DeadlineQueue& deadlines, SocketTransportOptions options);

} // namespace sallyport
