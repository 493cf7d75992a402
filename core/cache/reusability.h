// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/cachestore.h"

namespace sallyport {

/// What is done with a request.
struct CacheLookup {
    enum class Action {
        Bypass,        ///< goes on as it is; the response is not looked at
        Forward,       ///< goes on; the response may be stored
        Validate,      ///< goes on with the validators of `stored`
        Serve,         ///< `stored` is the response
        ServeAndRenew, ///< the same, and it is validated meanwhile (RFC 5861 3)
        Unsatisfiable, ///< only-if-cached, and nothing to be used: 504 (RFC 9111 5.2.1.7)
    };
    Action action = Action::Bypass;
    StoredPtr stored;
    std::chrono::seconds age{0};
    std::chrono::seconds freshFor{0}; ///< less its age; negative: stale for so long
    /// RFC 9211 2.2: why it went on; empty where it did not.
    QByteArrayView why = "bypass";
};

/// Where and when a request looks.
struct CacheView {
    CacheStore& store;
    const CacheRules& rules;
    CacheSeconds now;
};

/// Decides for one request (RFC 9111 4). Counts as a use of what it finds. A request with
/// content, with If-Match, If-Unmodified-Since, Upgrade or a field that names another method
/// (overridesMethod()), or with another method than GET and HEAD goes by.
[[nodiscard]] CacheLookup lookUp(const CacheView& view, const QByteArray& key,
                                 const CacheRequest& request);
/// Whether `stored` may be used in the place of a failure (RFC 9111 4.2.4, RFC 5861 4).
/// `isDisconnected`: the upstream gave no response at all; else it gave a 500, 502, 503 or 504.
[[nodiscard]] bool mayServeStale(const CacheLookup& lookup, const FieldList& request,
                                 bool isDisconnected);

} // namespace sallyport
