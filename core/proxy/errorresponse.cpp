// SPDX-License-Identifier: MIT
#include "core/proxy/errorresponse.h"

#include "core/http/httpdate.h"
#include "core/http/parseoutcome.h"

#include <array>

namespace sallyport {

namespace {

using namespace Qt::StringLiterals;

enum class Again {
    Useless, ///< the same request meets the same error until somebody changes something
    MayHelp,
};

/// In the texts %1 is the place: the upstream and its target, or what the request named.
struct Row {
    ErrorCode code;
    int status;
    const char* name; ///< X-Sallyport-Error
    Again again;
    int retryAfter; ///< seconds; 0: none
    const char* text;
    const char* textForClientsName = nullptr; ///< where the client named the host; else `text`
};

static_assert(ParseLimits{}.target == 16 * 1024, "the text of TargetTooLong names the limit");

constexpr auto kCodes = static_cast<std::size_t>(ErrorCode::Internal) + 1;

constexpr std::array<Row, kCodes> kRows{{
    {ErrorCode::MalformedRequest, 400, "bad_request", Again::Useless, 0,
     "the request is malformed or ambiguous"},
    {ErrorCode::HeadTooLarge, 431, "head_too_large", Again::Useless, 0,
     "the request head is larger than limits.head or limits.fields in settings.yaml"},
    {ErrorCode::TargetTooLong, 414, "target_too_long", Again::Useless, 0,
     "the request target is longer than 16 KiB, or the request line longer than limits.head in "
     "settings.yaml"},
    {ErrorCode::ContentTooLarge, 413, "content_too_large", Again::Useless, 0,
     "the request content is larger than this route takes; see max_body in routes.yaml"},
    {ErrorCode::VersionUnsupported, 505, "bad_request", Again::Useless, 0,
     "only HTTP/1.0 and HTTP/1.1 are spoken here"},
    {ErrorCode::MethodUnsupported, 501, "bad_request", Again::Useless, 0,
     "this cannot be passed on"},
    {ErrorCode::HeadTimeout, 408, "request_timeout", Again::MayHelp, 0,
     "the request head did not come in time"},
    {ErrorCode::BodyTimeout, 408, "request_timeout", Again::MayHelp, 0,
     "the request content did not come in time"},
    {ErrorCode::TooManyConnections, 503, "too_many_connections", Again::MayHelp, 1,
     "this client has as many connections as limits.connections_per_client in settings.yaml "
     "allows"},
    {ErrorCode::TooManyReaders, 503, "too_many_readers", Again::MayHelp, 5,
     "as many clients as may read the live records already do"},
    {ErrorCode::RateLimited, 429, "rate_limited", Again::MayHelp, 1,
     "more requests than the rate of this route or client allows"},
    {ErrorCode::TooManyInFlight, 429, "too_many_in_flight", Again::MayHelp, 5,
     "as many requests are in flight as this route or client may have, and as many wait"},
    {ErrorCode::TokenBudgetSpent, 429, "token_budget", Again::MayHelp, 3600,
     "the tokens_per_day of this client in settings.yaml are used up"},
    {ErrorCode::TokenRequired, 401, "token_required", Again::Useless, 0,
     "the local token is missing or wrong; run “sallyport env apply”, or click Connect in the "
     "tray, and start the client again"},
    {ErrorCode::ForbiddenOrigin, 403, "forbidden_origin", Again::Useless, 0,
     "requests made by a web page are refused"},
    {ErrorCode::ForbiddenHost, 403, "forbidden_host", Again::Useless, 0,
     "the Host field does not name this listener; add the name to access.allowed_hosts in "
     "settings.yaml if it should"},
    {ErrorCode::TargetEscapesRoute, 400, "bad_request", Again::Useless, 0,
     "the path leaves the prefix of its route"},
    {ErrorCode::NoRoute, 404, "no_route", Again::Useless, 0,
     "no enabled route takes %1; add one to routes.yaml or switch one on"},
    {ErrorCode::Blocked, 403, "blocked", Again::Useless, 0, "%1 is blocked by routes.yaml"},
    {ErrorCode::Misdirected, 421, "misdirected", Again::Useless, 0,
     "the request is for another host than the tunnel that it came by"},
    {ErrorCode::TlsToPlainPort, 400, "https_to_http", Again::Useless, 0,
     "https:// is used with a port that speaks plain http; write http:// in the client's settings"},
    {ErrorCode::NoCertificate, 502, "no_certificate", Again::Useless, 0,
     "%1 stands in intercept in routes.yaml, and Sallyport has no certificate to show for it; mend "
     "that, or take the host out of the list"},
    {ErrorCode::Loop, 508, "loop", Again::Useless, 0,
     "the request came back to Sallyport; an upstream or a proxy setting points at Sallyport "
     "itself"},
    {ErrorCode::CredentialMissing, 502, "credential_missing", Again::Useless, 0,
     "the credential of %1 cannot be read"},
    {ErrorCode::UpstreamResolve, 502, "upstream_connect", Again::MayHelp, 0,
     "the name of %1 cannot be resolved; check the address in routes.yaml and the network",
     "the name of %1 cannot be resolved; check the name that the request asks for and the "
     "network"},
    {ErrorCode::UpstreamRefused, 502, "upstream_connect", Again::MayHelp, 0, "cannot reach %1"},
    {ErrorCode::UpstreamConnectTimeout, 504, "upstream_timeout", Again::MayHelp, 0,
     "%1 did not accept a connection in time"},
    {ErrorCode::UpstreamTls, 502, "upstream_tls", Again::Useless, 0,
     "no trusted TLS connection to %1"}, // the detail has the way out
    // Not tried again: directories lock an account after a few wrong passwords.
    {ErrorCode::ProxyLogin, 502, "proxy_login", Again::Useless, 0,
     "the proxy on the way to %1 wants a login that it did not get"},
    {ErrorCode::ProxyRefused, 502, "proxy_refused", Again::Useless, 0,
     "the proxy on the way to %1 refuses to connect there"},
    {ErrorCode::UpstreamReset, 502, "upstream_reset", Again::MayHelp, 0,
     "%1 closed the connection before its response was whole"},
    {ErrorCode::UpstreamProtocol, 502, "upstream_protocol", Again::MayHelp, 0,
     "the response of %1 is not valid HTTP"},
    {ErrorCode::UpstreamFirstByteTimeout, 504, "upstream_timeout", Again::MayHelp, 0,
     "%1 did not respond in time"},
    {ErrorCode::UpstreamIdleTimeout, 504, "upstream_timeout", Again::MayHelp, 0,
     "%1 fell silent before its response was whole"},
    {ErrorCode::UpstreamDown, 503, "upstream_down", Again::MayHelp, 5, "no target of %1 is up"},
    {ErrorCode::Internal, 500, "internal", Again::MayHelp, 0, "an internal error"},
}};

constexpr bool hasOneRowForEachCode() {
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (kRows[i].code != static_cast<ErrorCode>(i)) return false;
    return true;
}
static_assert(hasOneRowForEachCode(), "kRows has one row for each ErrorCode, in order");

QString placeOf(const ErrorContext& context) {
    if (context.upstream.isEmpty())
        return context.target.isEmpty() ? u"this request"_s : context.target;
    if (context.target.isEmpty()) return u"upstream “%1”"_s.arg(context.upstream);
    return u"%2 (upstream “%1”)"_s.arg(context.upstream, context.target);
}

int statusOf(const Row& row, const ErrorContext& context) {
    // Claude Code hides the message of a 404 on its main call.
    if (row.status == 404 && context.isMessages) return 503;
    if (row.status == 401 && context.isProxyRequest) return 407;
    return row.status;
}

} // namespace

ErrorResponse errorResponseFor(const ExchangeError& error, const ErrorContext& context) {
    const Row& row = kRows[static_cast<std::size_t>(error.code)];
    const bool isClientsName = context.isNamedByClient && row.textForClientsName;
    QString text = QString::fromUtf8(isClientsName ? row.textForClientsName : row.text);
    text.replace(u"%1"_s, placeOf(context));
    if (!error.detail.isEmpty()) text += u" ("_s + error.detail + u')';
    const int retryAfter = error.retryAfter > 0 ? error.retryAfter : row.retryAfter;
    return {statusOf(row, context), row.name, text, row.again == Again::Useless,
            retryAfter > 0 ? std::optional(retryAfter) : std::nullopt};
}

FieldList errorFields(const ErrorResponse& response, qsizetype contentBytes, qint64 nowSeconds) {
    FieldList fields;
    fields.append("Date", httpDate(nowSeconds));
    fields.append("Content-Type", "application/json");
    fields.append("Content-Length", QByteArray::number(contentBytes));
    fields.append("X-Sallyport-Error", response.code);
    if (response.isRetryUseless) fields.append("x-should-retry", "false");
    if (response.retryAfter) fields.append("Retry-After", QByteArray::number(*response.retryAfter));
    if (response.status == 407) fields.append("Proxy-Authenticate", "Basic realm=\"Sallyport\"");
    if (response.status == 401) fields.append("WWW-Authenticate", "Bearer realm=\"Sallyport\"");
    return fields;
}

} // namespace sallyport
