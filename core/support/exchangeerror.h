// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport {

/// Every way in which an exchange can fail, by what happened, not by the response to it.
/// `core/proxy/errorresponse` has the one table from here to status, name and text.
enum class ErrorCode {
    MalformedRequest,   ///< grammar or framing, RFC 9112
    HeadTooLarge,       ///< more bytes or fields than the limits allow
    TargetTooLong,      ///< a request target above 16 KiB
    ContentTooLarge,    ///< more content than the route's max_body, or than a rule can hold
    VersionUnsupported, ///< neither HTTP/1.0 nor HTTP/1.1
    MethodUnsupported,  ///< a transfer coding or method that cannot be passed on
    HeadTimeout,        ///< the client took too long over its head
    BodyTimeout,        ///< the client took too long over its content
    TooManyConnections, ///< one client has as many connections as it may have
    TooManyReaders,     ///< as many clients read the live records as may
    RateLimited,        ///< more requests in a time than `rate` allows
    TooManyInFlight,    ///< no place in flight, and none came free in time or the queue is full
    TokenBudgetSpent,   ///< the client's tokens_per_day are used up
    TokenRequired,      ///< the local token is missing or wrong
    ForbiddenOrigin,    ///< a web page of another origin made the request
    ForbiddenHost,      ///< the Host field names another host
    TargetEscapesRoute, ///< a path whose dot-segments leave the prefix of its route
    NoRoute,
    Blocked,           ///< by a route, or by `forward`
    Misdirected,       ///< inside an opened tunnel, for another host than that of its CONNECT
    TlsToPlainPort,    ///< https to a listener that speaks plain http
    NoCertificate,     ///< CONNECT to a host of `intercept` for which no certificate can be made
    Loop,              ///< the request has passed this process before
    CredentialMissing, ///< the credential of the upstream cannot be read
    UpstreamResolve,   ///< name resolution failed
    UpstreamRefused,   ///< connection refused or unreachable
    UpstreamConnectTimeout,
    UpstreamTls,      ///< handshake or trust
    ProxyLogin,       ///< a proxy on the way asks for a login, or does not take ours
    ProxyRefused,     ///< a proxy on the way will not connect there
    UpstreamReset,    ///< connection ended before a whole response had come
    UpstreamProtocol, ///< the response is not HTTP, or ambiguous
    UpstreamFirstByteTimeout,
    UpstreamIdleTimeout, ///< silence in mid-response
    UpstreamDown,        ///< no target of the group can be used now
    Internal,            ///< a fault or a shortage of this process; stays the last one
};

/// On whose side the cause lies.
enum class Side { Downstream, Upstream, Internal };

/// What went wrong, for deciding; texts for people are made where they are shown.
struct ExchangeError {
    ErrorCode code = ErrorCode::Internal;
    Side side = Side::Internal;
    QString detail;     ///< one clause with the evidence ("connection refused"); never a secret
    int retryAfter = 0; ///< seconds after which it may go better; 0: what is usual for the code

    friend bool operator==(const ExchangeError&, const ExchangeError&) = default;
};

} // namespace sallyport
