// SPDX-License-Identifier: MIT
#include "core/proxy/errorresponse.h"

namespace sallyport {

namespace {

using namespace Qt::StringLiterals;

QString withDetail(const QString& sentence, const QString& detail) {
    return detail.isEmpty() ? sentence : QString(sentence + u" ("_s + detail + u")"_s);
}

QString placeOf(const ErrorContext& context) {
    if (context.upstream.isEmpty()) return context.target;
    if (context.target.isEmpty()) return u"upstream “%1”"_s.arg(context.upstream);
    return u"%2 (upstream “%1”)"_s.arg(context.upstream, context.target);
}

ErrorResponse upstreamResponse(const ExchangeError& error, const ErrorContext& context);

ErrorResponse noRoute(const ErrorContext& context) {
    const QString text =
        u"no enabled route takes %1; add one to routes.yaml or switch one on"_s.arg(context.target);
    // Claude Code hides the message of a 404 on its main call.
    if (context.isMessages) return {503, "no_route", text, true, {}};
    return {404, "no_route", text, true, {}};
}

ErrorResponse downstreamResponse(const ExchangeError& error, const ErrorContext& context) {
    const QString& detail = error.detail;
    switch (error.code) {
    case ErrorCode::MalformedRequest:
        return {400,
                "bad_request",
                withDetail(u"the request is malformed or ambiguous"_s, detail),
                true,
                {}};
    case ErrorCode::HeadTooLarge:
        return {431,
                "head_too_large",
                u"the request head is larger than limits.head or limits.fields in settings.yaml"_s,
                true,
                {}};
    case ErrorCode::TargetTooLong:
        return {414, "target_too_long", u"the request target is too long"_s, true, {}};
    case ErrorCode::VersionUnsupported:
        return {505, "bad_request", u"only HTTP/1.0 and HTTP/1.1 are spoken here"_s, true, {}};
    case ErrorCode::MethodUnsupported:
        return {501, "bad_request", withDetail(u"this cannot be passed on"_s, detail), true, {}};
    case ErrorCode::HeadTimeout:
        return {408, "request_timeout", u"the request head did not come in time"_s, false, {}};
    case ErrorCode::BodyTimeout:
        return {408, "request_timeout", u"the request content did not come in time"_s, false, {}};
    case ErrorCode::TooManyConnections:
        return {503, "too_many_connections",
                withDetail(u"this client has as many connections as "
                           "limits.connections_per_client in settings.yaml allows"_s,
                           detail),
                false, 1};
    case ErrorCode::TooManyReaders:
        return {503, "too_many_readers",
                u"as many clients as may read the live records already do"_s, false, 5};
    case ErrorCode::TokenRequired:
        return {401,
                "token_required",
                withDetail(u"the local token is missing or wrong; run “sallyport env apply”, or "
                           "click Connect in the tray, and start the client again"_s,
                           detail),
                true,
                {}};
    case ErrorCode::ForbiddenOrigin:
        return {403, "forbidden_origin", u"requests made by a web page are refused"_s, true, {}};
    case ErrorCode::ForbiddenHost:
        return {403,
                "forbidden_host",
                withDetail(u"the Host field does not name this listener; add the name to "
                           "access.allowed_hosts in settings.yaml if it should"_s,
                           detail),
                true,
                {}};
    case ErrorCode::TargetEscapesRoute:
        return {400, "bad_request", u"the path climbs out of its route"_s, true, {}};
    case ErrorCode::NoRoute: return noRoute(context);
    case ErrorCode::Blocked:
        return {403,
                "blocked",
                withDetail(u"%1 is blocked by routes.yaml"_s.arg(
                               context.target.isEmpty() ? u"this request"_s : context.target),
                           detail),
                true,
                {}};
    case ErrorCode::ContentTooLarge:
        return {
            413, "content_too_large", withDetail(u"the content is too large"_s, detail), true, {}};
    case ErrorCode::RateLimited:
        return {429, "rate_limited", u"the rate limit of this route is reached"_s, false, 1};
    case ErrorCode::Loop:
        return {508,
                "loop",
                withDetail(u"the request came back to Sallyport; an upstream or a proxy setting "
                           "points at Sallyport itself"_s,
                           detail),
                true,
                {}};
    case ErrorCode::None:
    case ErrorCode::CredentialMissing:
    case ErrorCode::UpstreamResolve:
    case ErrorCode::UpstreamRefused:
    case ErrorCode::UpstreamConnectTimeout:
    case ErrorCode::UpstreamTls:
    case ErrorCode::UpstreamReset:
    case ErrorCode::UpstreamProtocol:
    case ErrorCode::UpstreamFirstByteTimeout:
    case ErrorCode::UpstreamIdleTimeout:
    case ErrorCode::UpstreamDown:
    case ErrorCode::ClientGone:
    case ErrorCode::ShuttingDown:
    case ErrorCode::Internal: return upstreamResponse(error, context);
    }
    Q_UNREACHABLE();
}

ErrorResponse upstreamResponse(const ExchangeError& error, const ErrorContext& context) {
    const QString& detail = error.detail;
    const QString place = placeOf(context);
    if (error.code == ErrorCode::CredentialMissing)
        return {
            502,
            "credential_missing",
            withDetail(u"the credential of upstream “%1” cannot be read"_s.arg(context.upstream),
                       detail),
            true,
            {}};
    if (error.code == ErrorCode::UpstreamResolve)
        return {
            502,
            "upstream_connect",
            withDetail(u"the name of %1 cannot be resolved; check the address in routes.yaml and "
                       "the network"_s.arg(place),
                       detail),
            false,
            {}};
    if (error.code == ErrorCode::UpstreamRefused)
        return {502,
                "upstream_connect",
                withDetail(u"cannot reach %1"_s.arg(place), detail),
                false,
                {}};
    if (error.code == ErrorCode::UpstreamConnectTimeout)
        return {504,
                "upstream_timeout",
                withDetail(u"%1 did not accept a connection in time"_s.arg(place), detail),
                false,
                {}};
    if (error.code == ErrorCode::UpstreamTls)
        return {502,
                "upstream_tls",
                withDetail(u"no trusted TLS connection to %1; if your company has a CA of its own, "
                           "name it as tls.ca_file in routes.yaml"_s.arg(place),
                           detail),
                true,
                {}};
    if (error.code == ErrorCode::UpstreamReset)
        return {502,
                "upstream_reset",
                withDetail(u"%1 closed the connection before it had answered"_s.arg(place), detail),
                false,
                {}};
    if (error.code == ErrorCode::UpstreamProtocol)
        return {502,
                "upstream_protocol",
                withDetail(u"the response of %1 is not valid HTTP"_s.arg(place), detail),
                false,
                {}};
    if (error.code == ErrorCode::UpstreamFirstByteTimeout ||
        error.code == ErrorCode::UpstreamIdleTimeout)
        return {504,
                "upstream_timeout",
                withDetail(u"%1 did not answer in time"_s.arg(place), detail),
                false,
                {}};
    if (error.code == ErrorCode::UpstreamDown)
        return {503, "upstream_down", withDetail(u"no target of %1 is up"_s.arg(place), detail),
                false, 5};
    if (error.code == ErrorCode::ShuttingDown)
        return {503, "shutting_down", u"Sallyport is shutting down"_s, false, 1};
    return {500, "internal", withDetail(u"an internal error"_s, detail), false, {}};
}

} // namespace

ErrorResponse errorResponseFor(const ExchangeError& error, const ErrorContext& context) {
    return downstreamResponse(error, context);
}

} // namespace sallyport
