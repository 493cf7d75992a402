// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/cachingtransport.h"
#include "core/route/route.h"

#include <QString>

#include <map>

namespace sallyport {

/// Where the caches of a configuration are kept on disk.
struct CachePlace {
    QString folder;    ///< of all of them; empty: none is kept on disk
    QByteArray digest; ///< of the rules; what was stored under other rules is not used
};

/// The caches of all routes that have one.
class RouteCaches {
public:
    /// A route with a cache, and the transport whose responses it stores.
    struct Source {
        const Route& route;
        std::shared_ptr<UpstreamTransport> transport; ///< of its group; null: it has no cache
        bool isCredentialOurs = false;                ///< see CacheRequest
        CachePlace place = {};
        bool isSameUpstream = false; ///< as before, though the transport may be another one
    };
    /// Adds the cache of a route: that of `previous` where neither the route nor its upstream has
    /// changed, else an empty one.
    void add(const Source& source, CachingContext context, const RouteCaches* previous);
    /// Removes what is on disk of caches that are not there any more, on a thread of its own.
    void removeOthers(const CachePlace& place) const;
    /// Null for a route without a cache.
    [[nodiscard]] std::shared_ptr<UpstreamTransport> transportOf(const Route& route) const;

private:
    struct Entry {
        Route route;
        std::shared_ptr<UpstreamTransport> inner;
        std::shared_ptr<ResponseCache> cache;
        std::shared_ptr<UpstreamTransport> caching;
        bool isCredentialOurs = false;
    };
    [[nodiscard]] static bool isKept(const Entry& entry, const Source& source);
    std::map<QString, Entry> m_entries; ///< by the name of the route
};

} // namespace sallyport
