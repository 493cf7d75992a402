// SPDX-License-Identifier: MIT
#include "core/cache/storability.h"

#include "core/http/mediatype.h"
#include "core/secrets/secretnames.h"
#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Statuses whose caching rules this cache follows (RFC 9111 5.2.2.3).
bool isUnderstood(int status) {
    static constexpr int kMore[] = {302, 303, 307, 400, 403, 500, 502, 503, 504};
    return isHeuristicallyCacheable(status) ||
           std::find(std::begin(kMore), std::end(kMore), status) != std::end(kMore);
}

/// Whether the response is for one client only as far as RFC 9111 3.5 can tell.
bool isOfOneClient(const CacheRequest& request, const CacheControl& control, bool isOverridden) {
    if (!hasCredential(request.fields)) return false;
    if (request.isCredentialOurs && isOverridden) return false;
    return !control.mustRevalidate && !control.isPublic && !control.sharedMaxAge;
}

QByteArrayView forbiddenBy(const CacheRequest& request, const ResponseHead& response,
                           const CacheControl& control) {
    if (requestCacheControl(request.fields).noStore) return "request-no-store";
    const bool ignoresNoStore = control.mustUnderstand && isUnderstood(response.status);
    if (control.noStore && !ignoresNoStore) return "no-store";
    if (control.mustUnderstand && !isUnderstood(response.status)) return "status";
    if (control.isPrivate) return "private";
    return {};
}

} // namespace

bool hasCredential(const FieldList& request) {
    return std::any_of(request.begin(), request.end(), [](FieldView field) {
        return isSecretField(field.name) && !ascii::equalsIgnoreCase(field.name, "Cookie");
    });
}

QByteArrayView notStorable(const CacheRequest& request, const ResponseHead& response,
                           const CacheRules& rules) {
    if (request.method != "GET") return "method";
    // 206 is part of a response, 304 none of its own.
    if (response.status < 200 || response.status == 206 || response.status == 304) return "status";
    if (hasMediaType(response.fields, "text/event-stream")) return "stream";
    const CacheControl control = responseCacheControl(response.fields);
    const QByteArrayView forbidden = forbiddenBy(request, response, control);
    if (!forbidden.isEmpty()) return forbidden;
    const Lifetime lifetime = freshnessLifetime(response, rules.ttl);
    const bool isOverridden = lifetime.source == Lifetime::Source::Override;
    if (isOfOneClient(request, control, isOverridden)) return "authorization";
    if (response.fields.hasToken("Vary", "*")) return "vary";
    if (!lifetime.isExplicit() || isOverridden) {
        if (response.fields.contains("Set-Cookie") && !control.isPublic) return "set-cookie";
        // What a cookie chose is most likely for one client, and the origin did not say otherwise.
        if (request.fields.contains("Cookie") && !control.isPublic) return "cookie";
        if (!control.isPublic && !isHeuristicallyCacheable(response.status)) return "status";
    }
    const bool canBeValidated =
        response.fields.contains("ETag") || response.fields.contains("Last-Modified");
    const bool isUsedStale = control.staleIfError || control.staleWhileRevalidate;
    if (lifetime.seconds.count() <= 0 && !canBeValidated && !isUsedStale) return "stale";
    return {};
}

} // namespace sallyport
