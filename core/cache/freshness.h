// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/cachecontrol.h"
#include "core/cache/storedresponse.h"

#include <chrono>
#include <optional>

namespace sallyport {

/// How long a response is fresh, and by which words.
struct Lifetime {
    enum class Source {
        None,      ///< nothing says so: stale at once
        Override,  ///< the route's `ttl`
        Shared,    ///< s-maxage
        MaxAge,    ///< max-age
        Expires,   ///< Expires less Date
        Heuristic, ///< a tenth of its age by Last-Modified, a day at most (RFC 9111 4.2.2)
    };
    Source source = Source::None;
    std::chrono::seconds seconds{0};
    [[nodiscard]] bool isExplicit() const {
        return source != Source::None && source != Source::Heuristic;
    }
    friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

/// The freshness lifetime of a response in a shared cache (RFC 9111 4.2.1). `override` is the
/// route's `ttl`; of a 200, 203, 204, 300, 301 and 308 it goes before all that the response says,
/// of others it says nothing. The response has a Date.
[[nodiscard]] Lifetime freshnessLifetime(const ResponseHead& head,
                                         std::optional<std::chrono::seconds> override);
/// Its age at `now` (RFC 9111 4.2.3); never negative.
[[nodiscard]] std::chrono::seconds currentAge(const StoredResponse& stored, CacheSeconds now);
/// Whether a response of that status may be given a lifetime that it does not state itself
/// (RFC 9110 15.1).
[[nodiscard]] bool isHeuristicallyCacheable(int status);

} // namespace sallyport
