// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/freshness.h"
#include "core/http/field.h"

#include <chrono>
#include <optional>

namespace sallyport {

/// How one route caches: `cache:` in routes.yaml.
struct CacheRules {
    std::optional<std::chrono::seconds> ttl; ///< in the place of what the response says
    int maxEntries = 1000;
    qsizetype maxSize = qsizetype{64} * 1024 * 1024; ///< bytes of all entries
    friend bool operator==(const CacheRules&, const CacheRules&) = default;

    /// Bytes of one entry; larger ones pass without being stored.
    [[nodiscard]] qsizetype maxEntry() const {
        constexpr qsizetype kShare = 8;
        return maxSize / kShare;
    }
};

/// What of a request decides whether its response may be stored.
struct CacheRequest {
    QByteArrayView method;
    const FieldList& fields; ///< as they go to the upstream
    /// The upstream's credential is Sallyport's own, and the same for every client of the route.
    bool isCredentialOurs = false;
};

/// Whether a request says by a credential whose it is: Authorization (RFC 9111 3.5), and each field
/// whose value is a secret by its name (`x-api-key`, `X-Auth-Token`), but for Cookie, for which
/// notStorable() has a rule of its own.
[[nodiscard]] bool hasCredential(const FieldList& request);
/// Why a response is not stored, in one word for `Cache-Status`; empty where it is. RFC 9111 3, as
/// a shared cache; never an event stream, never part of a response, and no Set-Cookie on our own
/// guess of how long it is fresh.
[[nodiscard]] QByteArrayView notStorable(const CacheRequest& request, const ResponseHead& response,
                                         const CacheRules& rules);

} // namespace sallyport
