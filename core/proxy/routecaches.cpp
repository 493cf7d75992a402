// SPDX-License-Identifier: MIT
#include "core/proxy/routecaches.h"

namespace sallyport {

namespace {

CacheRules rulesOf(const RouteCache& cache) {
    CacheRules rules;
    rules.ttl = cache.ttl;
    rules.maxEntries = cache.maxEntries;
    rules.maxSize = static_cast<qsizetype>(cache.maxSize);
    return rules;
}

} // namespace

void RouteCaches::add(const Source& source, CachingContext context, const RouteCaches* previous) {
    if (!source.route.cache || !source.transport) return;
    if (previous) {
        const auto found = previous->m_entries.find(source.route.name);
        if (found != previous->m_entries.end() && found->second.route == source.route &&
            found->second.inner == source.transport &&
            found->second.isCredentialOurs == source.isCredentialOurs) {
            m_entries.insert(*found);
            return;
        }
    }
    auto cache =
        std::make_shared<ResponseCache>(rulesOf(*source.route.cache), source.isCredentialOurs);
    m_entries[source.route.name] = {
        source.route, source.transport,
        makeCachingTransport(source.transport, std::move(cache), context), source.isCredentialOurs};
}

std::shared_ptr<UpstreamTransport> RouteCaches::transportOf(const Route& route) const {
    const auto found = m_entries.find(route.name);
    return found == m_entries.end() ? nullptr : found->second.caching;
}

} // namespace sallyport
