// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <chrono>
#include <optional>

namespace sallyport {

/// The directives of a Cache-Control field that this cache acts on (RFC 9111 5.2, RFC 5861,
/// RFC 8246 not). Of a directive that stands more than once the smaller time counts (RFC 9111
/// 4.2.1); a time that is no number of seconds is zero, which is stale at once.
struct CacheControl {
    using Seconds = std::chrono::seconds;
    bool noStore = false;
    bool noCache = false;   ///< also with a list of fields: the whole response is validated
    bool isPrivate = false; ///< also with a list of fields: the whole response is not stored
    bool isPublic = false;
    bool mustRevalidate = false;
    bool proxyRevalidate = false;
    bool mustUnderstand = false;
    bool onlyIfCached = false; ///< of a request
    bool takesStale = false;   ///< max-stale of a request without a time: of any age
    std::optional<Seconds> maxAge;
    std::optional<Seconds> sharedMaxAge; ///< s-maxage
    std::optional<Seconds> maxStale;     ///< of a request
    std::optional<Seconds> minFresh;     ///< of a request
    std::optional<Seconds> staleWhileRevalidate;
    std::optional<Seconds> staleIfError;
    friend bool operator==(const CacheControl&, const CacheControl&) = default;
};

/// Seconds that a cache counts up to; more is as much (RFC 9111 1.2.2).
inline constexpr std::chrono::seconds kMostCacheSeconds{2147483648};

/// Reads every Cache-Control line. `Pragma: no-cache` of a request without Cache-Control counts as
/// `no-cache` (RFC 9111 5.4).
[[nodiscard]] CacheControl requestCacheControl(const FieldList& fields);
[[nodiscard]] CacheControl responseCacheControl(const FieldList& fields);
/// delta-seconds (RFC 9111 1.2.2); nothing where there is another byte than a digit.
[[nodiscard]] std::optional<std::chrono::seconds> deltaSeconds(QByteArrayView text);

} // namespace sallyport
