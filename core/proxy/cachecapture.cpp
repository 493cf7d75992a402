// SPDX-License-Identifier: MIT
#include "core/proxy/cachecapture.h"

#include "core/cache/cacheresponse.h"
#include "core/http/overridefields.h"
#include "core/route/hopbyhop.h"

#include <QUrl>

#include <algorithm>

namespace sallyport {

namespace {

bool isSafe(QByteArrayView method) {
    for (const QByteArrayView each : {"GET", "HEAD", "OPTIONS", "TRACE"})
        if (method == each) return true;
    return false;
}

} // namespace

CacheSeconds cacheTimeOf(const Clock& clock) {
    return std::chrono::duration_cast<CacheSeconds>(clock.wallNow().time_since_epoch());
}

CacheCapture::CacheCapture(ResponseCache& cache, const Clock& clock, CapturedRequest request)
    : m_cache(cache)
    , m_clock(clock)
    , m_request(std::move(request))
    , m_requestedAt(now()) {}

QByteArrayView CacheCapture::head(const ResponseHead& head) {
    m_kept.reset();
    StoredResponse candidate = storedFrom(head, m_request.fields, m_requestedAt, now());
    removeHopByHopFields(candidate.head.fields);
    const CacheRequest request{m_request.method, m_request.fields, m_cache.isCredentialOurs()};
    QByteArrayView reason = notStorable(request, candidate.head, m_cache.rules());
    if (reason.isEmpty()) {
        const auto length = deltaSeconds(head.fields.first("Content-Length").value_or("0"));
        if (!length || length->count() > m_cache.rules().maxEntry()) reason = "size";
    }
    if (reason.isEmpty()) m_kept = std::move(candidate);
    return reason;
}

bool CacheCapture::body(QByteArrayView bytes) {
    if (!m_kept) return false;
    if (m_kept->content.size() + bytes.size() > m_cache.rules().maxEntry())
        m_kept.reset();
    else
        m_kept->content.append(bytes);
    return m_kept.has_value();
}

bool CacheCapture::complete() {
    if (!m_kept) return false;
    m_cache.store().put(m_request.key, std::make_shared<const StoredResponse>(std::move(*m_kept)));
    m_kept.reset();
    return true;
}

StoredPtr CacheCapture::freshen(const StoredResponse& stored, const ResponseHead& notModified) {
    FieldList fields = notModified.fields;
    removeHopByHopFields(fields);
    auto fresh =
        std::make_shared<const StoredResponse>(updated(stored, fields, m_requestedAt, now()));
    m_cache.store().put(m_request.key, fresh);
    return fresh;
}

void CacheCapture::invalidateAfter(const ResponseHead& head) {
    const bool isOtherMethod =
        std::any_of(m_request.fields.begin(), m_request.fields.end(),
                    [](FieldView field) { return overridesMethod(field.name); });
    if ((isSafe(m_request.method) && !isOtherMethod) || head.status < 200 || head.status >= 400)
        return;
    m_cache.store().remove(m_request.key);
    const qsizetype path = m_request.key.indexOf(' ') + 1;
    const QUrl target(QStringLiteral("http://h") + QString::fromLatin1(m_request.key.sliced(path)));
    for (const QByteArrayView name : {"Location", "Content-Location"}) {
        const auto value = head.fields.first(name);
        if (!value) continue;
        const QUrl named = target.resolved(QUrl::fromEncoded(value->toByteArray()));
        // An absolute URL names the host by a name that the origin knows itself by: only its path
        // is ours to compare, and to forget too much is safe.
        m_cache.store().remove(
            m_request.key.first(path) +
            named.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment));
    }
}

} // namespace sallyport
