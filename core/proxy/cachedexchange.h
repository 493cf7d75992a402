// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/cacheresponse.h"
#include "core/cache/reusability.h"
#include "core/proxy/cachecapture.h"
#include "core/proxy/cachingtransport.h"
#include "core/support/deadline.h"
#include "core/upstream/observercalls.h"

#include <optional>

namespace sallyport {

/// Validates in the background; owned by the transport.
class CacheRenewals {
public:
    virtual ~CacheRenewals() = default;
    /// No effect while that key is being renewed, or too many are.
    virtual void renew(const QByteArray& key, UpstreamRequest request, StoredPtr stored) = 0;
};

/// One exchange through the cache of a route: served from it, forwarded and kept, validated, or
/// waiting for the response to another request for the same target.
class CachedExchange final : public UpstreamExchange,
                             private UpstreamObserver,
                             private DeferredTask,
                             private CollapsedRequest {
public:
    struct Parts {
        std::shared_ptr<UpstreamTransport> inner;
        std::shared_ptr<ResponseCache> cache;
        std::shared_ptr<CacheRenewals> renewals;
        CachingContext context;
    };
    CachedExchange(Parts parts, UpstreamRequest request, UpstreamObserver& observer);
    ~CachedExchange() override;
    CachedExchange(const CachedExchange&) = delete;
    CachedExchange& operator=(const CachedExchange&) = delete;

    void sendBody(QByteArrayView bytes) override;
    void finishBody(const FieldList& trailers) override;
    [[nodiscard]] bool isCongested() const override;
    void setReading(bool on) override;
    void contentFailed(const QString& reason) override {
        if (m_inner) m_inner->contentFailed(reason);
    }

private:
    void upstreamConnected(const UpstreamPeer& peer) override;
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        m_observer.upstreamPassedOver(target, reason);
    }
    void upstreamRequestSent() override;
    void upstreamInterim(const ResponseHead& head) override;
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override;
    void upstreamComplete(const FieldList& trailers) override;
    void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override;
    void upstreamFailed(const ExchangeError& error) override;
    void upstreamWritable() override { m_observer.upstreamWritable(); }
    void upstreamTurnEnded() override;
    void runDeferred() override;
    void released() override;

    /// How long a request waits for the response to another one: the client of that one may be
    /// slow, and holds its upstream back.
    static constexpr std::chrono::milliseconds kMostWait{1000};

    void lookAgain();
    [[nodiscard]] bool couldUseAnothers() const;
    void forward(bool isValidation);
    void releaseOthers(ResponseCache::Outcome outcome);
    [[nodiscard]] bool takesValidation(const ResponseHead& head);
    void serveStored(QByteArray status);
    void refuseUnsatisfiable();
    void deliver();
    [[nodiscard]] bool deliverHead();
    [[nodiscard]] bool deliverContent();
    [[nodiscard]] CacheRequest cacheRequest() const;
    [[nodiscard]] CacheSeconds now() const;

    const Parts m_parts;
    UpstreamRequest m_request;
    UpstreamObserver& m_observer;
    const QByteArray m_key;
    std::optional<CacheCapture> m_capture; ///< of what has been forwarded
    Deadline m_wait;                       ///< for the response to another request
    CacheLookup m_lookup;
    std::unique_ptr<UpstreamExchange> m_inner;
    std::optional<CacheResponse> m_response; ///< that is delivered from the cache
    QByteArray m_content;                    ///< of it
    qsizetype m_at = 0;
    bool m_isHeadDelivered = false;
    bool m_wasConnected = false;
    bool m_hasWaited = false;
    bool m_leads = false;
    bool m_isWaiting = false;
    bool m_isValidating = false;
    bool m_isFreshened = false; ///< a 304 came, its end is awaited
    bool m_isFinished = false;  ///< finishBody() came before there was an inner exchange
    bool m_isReading = true;
    ObserverCalls m_calls;
};

} // namespace sallyport
