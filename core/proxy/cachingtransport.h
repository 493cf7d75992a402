// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/proxy/responsecache.h"
#include "core/support/clock.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// What a caching transport needs of the thread it runs on.
struct CachingContext {
    DeferredTaskQueue& tasks;
    const Clock& clock; ///< its time of day: ages are counted in it
};

/// `inner` behind the cache of a route: GET and HEAD are served from `cache` where RFC 9111 lets
/// them, all else goes on. Each response says in `Cache-Status` what was done (RFC 9211). A request
/// for what another one is fetching waits for that. Content of up to CacheRules::maxEntry() bytes
/// is kept while it passes.
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeCachingTransport(std::shared_ptr<UpstreamTransport> inner, std::shared_ptr<ResponseCache> cache,
                     CachingContext context);

} // namespace sallyport
