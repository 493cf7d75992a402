// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/responsecache.h"
#include "core/support/clock.h"

#include <optional>

namespace sallyport {

/// The time of day as the cache counts it.
[[nodiscard]] CacheSeconds cacheTimeOf(const Clock& clock);

/// A request as it goes to the upstream, and the key of its target.
struct CapturedRequest {
    QByteArray key;
    QByteArray method;
    FieldList fields;
};

/// Keeps the response to one request while it passes, and stores it once it is whole.
class CacheCapture {
public:
    /// The cache and the clock outlive it.
    CacheCapture(ResponseCache& cache, const Clock& clock, CapturedRequest request);

    /// The request is sent now: ages count from here (RFC 9111 4.2.3).
    void requestSent() { m_requestedAt = now(); }
    /// Decides whether the response is kept. The reason why not, see notStorable().
    [[nodiscard]] QByteArrayView head(const ResponseHead& head);
    /// False: the response is not kept, or no longer since it is too large.
    bool body(QByteArrayView bytes);
    /// The response is whole: stores it where it is kept. Whether it did.
    bool complete();
    /// A 304 to our validators: stores `stored` with its fields (RFC 9111 4.3.4).
    [[nodiscard]] StoredPtr freshen(const StoredResponse& stored, const ResponseHead& notModified);
    /// An unsafe request was answered without an error: what is stored for its target, and for
    /// Location and Content-Location on the same host, is forgotten (RFC 9111 4.4).
    void invalidateAfter(const ResponseHead& head);

private:
    [[nodiscard]] CacheSeconds now() const { return cacheTimeOf(m_clock); }

    ResponseCache& m_cache;
    const Clock& m_clock;
    CapturedRequest m_request;
    CacheSeconds m_requestedAt{};
    std::optional<StoredResponse> m_kept;
};

} // namespace sallyport
