// SPDX-License-Identifier: MIT
#include "core/cache/reusability.h"

#include "core/http/overridefields.h"

#include <algorithm>

namespace sallyport {

namespace {

using Action = CacheLookup::Action;
using std::chrono::seconds;

bool isForTheOrigin(const CacheRequest& request) {
    if (request.method != "GET" && request.method != "HEAD") return true;
    // RFC 9111 4.3.2: these compare with the origin's own, not with a copy.
    if (request.fields.contains("If-Match") || request.fields.contains("If-Unmodified-Since") ||
        request.fields.contains("Upgrade"))
        return true;
    // What the response to another method would be, or what this one changes, no rule here knows.
    return std::any_of(request.fields.begin(), request.fields.end(),
                       [](FieldView field) { return overridesMethod(field.name); });
}

/// No stale response is used, whatever the request takes (RFC 9111 4.2.4).
bool forbidsStale(const CacheControl& response) {
    return response.mustRevalidate || response.proxyRevalidate || response.noCache ||
           response.sharedMaxAge;
}

bool isTooOldFor(const CacheControl& request, const CacheLookup& lookup) {
    // max-age=0 is how a client asks for validation, within the first second as well.
    if (request.maxAge && (lookup.age > *request.maxAge || request.maxAge->count() == 0))
        return true;
    return request.minFresh && lookup.freshFor < *request.minFresh;
}

bool takesStale(const CacheControl& request, seconds staleFor) {
    return request.takesStale || (request.maxStale && staleFor <= *request.maxStale);
}

/// Which of the uses of a stored response the directives of both sides allow.
Action actionFor(const CacheControl& request, const CacheControl& response,
                 const CacheLookup& found) {
    if (request.noCache || response.noCache || isTooOldFor(request, found)) return Action::Validate;
    if (found.freshFor > seconds(0)) return Action::Serve;
    if (forbidsStale(response)) return Action::Validate;
    const seconds staleFor = -found.freshFor;
    if (takesStale(request, staleFor)) return Action::Serve;
    if (response.staleWhileRevalidate && staleFor <= *response.staleWhileRevalidate)
        return Action::ServeAndRenew;
    return Action::Validate;
}

} // namespace

CacheLookup lookUp(const CacheView& view, const QByteArray& key, const CacheRequest& request) {
    CacheLookup out;
    if (isForTheOrigin(request)) {
        if (request.method != "GET" && request.method != "HEAD") out.why = "method";
        return out;
    }
    const CacheControl asked = requestCacheControl(request.fields);
    out.stored = view.store.find(key, request.fields);
    if (!out.stored) {
        out.action = asked.onlyIfCached ? Action::Unsatisfiable : Action::Forward;
        out.why = "uri-miss";
        return out;
    }
    const CacheControl said = responseCacheControl(out.stored->head.fields);
    out.age = currentAge(*out.stored, view.now);
    out.freshFor = freshnessLifetime(out.stored->head, view.rules.ttl).seconds - out.age;
    out.action = actionFor(asked, said, out);
    const bool goesOn = out.action == Action::Validate;
    out.why = !goesOn ? QByteArrayView() : out.freshFor > seconds(0) ? "request" : "stale";
    if (goesOn && asked.onlyIfCached) out.action = Action::Unsatisfiable;
    return out;
}

bool mayServeStale(const CacheLookup& lookup, const FieldList& request, bool isDisconnected) {
    if (!lookup.stored) return false;
    const CacheControl said = responseCacheControl(lookup.stored->head.fields);
    const CacheControl asked = requestCacheControl(request);
    if (forbidsStale(said) || asked.noCache || isTooOldFor(asked, lookup)) return false;
    if (isDisconnected) return true;
    const seconds staleFor = -lookup.freshFor;
    for (const auto& window : {said.staleIfError, asked.staleIfError})
        if (window && staleFor <= *window) return true;
    return false;
}

} // namespace sallyport
