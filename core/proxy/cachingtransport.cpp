// SPDX-License-Identifier: MIT
#include "core/proxy/cachingtransport.h"

#include "core/proxy/backgroundvalidation.h"
#include "core/proxy/cachedexchange.h"
#include "core/upstream/exchangetransport.h"

#include <map>

namespace sallyport {

namespace {

/// Stored responses that one route validates in the background at a time.
constexpr std::size_t kMaxRenewals = 16;

class Renewals final : public CacheRenewals {
public:
    Renewals(std::shared_ptr<UpstreamTransport> inner, std::shared_ptr<ResponseCache> cache,
             CachingContext context)
        : m_inner(std::move(inner))
        , m_cache(std::move(cache))
        , m_context(context) {}

    void renew(const QByteArray& key, UpstreamRequest request, StoredPtr stored) override {
        if (m_running.size() >= kMaxRenewals || m_running.count(key) > 0) return;
        CacheCapture capture(*m_cache, m_context.deadlines.clock(), {key, "GET", request.fields});
        request.method = "GET";
        auto renewal = std::make_unique<BackgroundValidation>(
            m_context.tasks, std::move(capture), std::move(stored),
            [this, key] { m_running.erase(key); });
        BackgroundValidation& started = *renewal;
        m_running.emplace(key, std::move(renewal));
        started.start(*m_inner, std::move(request));
    }

private:
    std::shared_ptr<UpstreamTransport> m_inner;
    std::shared_ptr<ResponseCache> m_cache;
    CachingContext m_context;
    std::map<QByteArray, std::unique_ptr<BackgroundValidation>> m_running;
};

} // namespace

std::unique_ptr<UpstreamTransport> makeCachingTransport(std::shared_ptr<UpstreamTransport> inner,
                                                        std::shared_ptr<ResponseCache> cache,
                                                        CachingContext context) {
    auto renewals = std::make_shared<Renewals>(inner, cache, context);
    return std::make_unique<ExchangeTransport<CachedExchange>>(
        CachedExchange::Parts{std::move(inner), std::move(cache), std::move(renewals), context});
}

} // namespace sallyport
