// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// Every way in which an exchange can fail, by what happened and not by what is answered.
/// `core/proxy/errorresponse` holds the one total switch from here to status and code.
enum class ErrorCode {
    None,
    MalformedRequest,   ///< grammar or framing, RFC 9112
    HeadTooLarge,       ///< 431
    TargetTooLong,      ///< 414
    VersionUnsupported, ///< 505
    MethodUnsupported,  ///< 501: a transfer coding or method we cannot pass on
    HeadTimeout,        ///< 408: the client took too long over its head
    BodyTimeout,        ///< 408: the client took too long over its content
    TooManyConnections, ///< 503: one client has as many connections as it may
    TooManyReaders,     ///< 503: enough clients read the live records
    TokenRequired,
    ForbiddenOrigin,
    ForbiddenHost,
    TargetEscapesRoute, ///< a path that climbs out of its route's prefix
    NoRoute,
    Blocked,           ///< by a route, or by `forward`
    ContentTooLarge,   ///< 413
    RateLimited,       ///< 429
    Loop,              ///< a request came back to us
    CredentialMissing, ///< the upstream's own credential cannot be read
    UpstreamResolve,   ///< name resolution failed
    UpstreamRefused,   ///< connection refused or unreachable
    UpstreamConnectTimeout,
    UpstreamTls,      ///< handshake or trust
    UpstreamReset,    ///< connection ended before a whole response had come
    UpstreamProtocol, ///< the response is not HTTP, or ambiguous
    UpstreamFirstByteTimeout,
    UpstreamIdleTimeout, ///< silence in mid-response
    UpstreamDown,        ///< no target of the group can be used now
    ClientGone,
    ShuttingDown,
    Internal,
};

/// On whose side the cause lies.
enum class Side { Downstream, Upstream, Internal };

/// Whether the same request may be sent to another connection or target.
enum class Retry {
    Never,
    NothingWasSent, ///< not one byte of the request left this machine
};

/// What went wrong, for deciding; texts for people are made where they are shown.
struct ExchangeError {
    ErrorCode code = ErrorCode::None;
    Side side = Side::Internal;
    Retry retry = Retry::Never;
    QString detail; ///< one clause with the evidence ("connection refused"); never a secret

    friend bool operator==(const ExchangeError&, const ExchangeError&) = default;
};

} // namespace sallyport
