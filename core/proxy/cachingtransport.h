// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/proxy/responsecache.h"
#include "core/support/deadline.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// What a caching transport needs of the thread it runs on.
struct CachingContext {
    DeferredTaskQueue& tasks;
    DeadlineQueue& deadlines; ///< ages are counted in the time of day of its clock
};

/// `inner` behind the cache of a route: GET and HEAD are served from `cache` where RFC 9111 lets
/// them, all else goes on. Each response says in `Cache-Status` what was done (RFC 9211). A request
/// for what another one is fetching waits for that. Content of up to CacheRules::maxEntry() bytes
/// is kept while it passes.
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeCachingTransport(std::shared_ptr<UpstreamTransport> inner, std::shared_ptr<ResponseCache> cache,
                     CachingContext context);

} // namespace sallyport
