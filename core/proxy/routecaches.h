// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/cachingtransport.h"
#include "core/route/route.h"

#include <QString>

#include <map>

namespace sallyport {

/// The caches of all routes that have one.
class RouteCaches {
public:
    /// A route with a cache, and the transport whose responses it stores.
    struct Source {
        const Route& route;
        std::shared_ptr<UpstreamTransport> transport; ///< of its group; null: it has no cache
        bool isCredentialOurs = false;                ///< see CacheRequest
    };
    /// Adds the cache of a route: that of `previous` where neither the route nor its transport has
    /// changed, else an empty one.
    void add(const Source& source, CachingContext context, const RouteCaches* previous);
    /// Null for a route without a cache.
    [[nodiscard]] std::shared_ptr<UpstreamTransport> transportOf(const Route& route) const;

private:
    struct Entry {
        Route route;
        std::shared_ptr<UpstreamTransport> inner;
        std::shared_ptr<UpstreamTransport> caching;
        bool isCredentialOurs = false;
    };
    std::map<QString, Entry> m_entries; ///< by the name of the route
};

} // namespace sallyport
