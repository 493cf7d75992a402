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

CacheCapture::CacheCapture(ResponseCache& cache, const Clock& clock, QByteArray key,
                           QByteArray method, FieldList request)
    : m_cache(cache)
    , m_clock(clock)
    , m_key(std::move(key))
    , m_method(std::move(method))
    , m_request(std::move(request))
    , m_requestedAt(now()) {}

CacheSeconds CacheCapture::now() const {
    return std::chrono::duration_cast<CacheSeconds>(m_clock.wallNow().time_since_epoch());
}

QByteArrayView CacheCapture::head(const ResponseHead& head) {
    m_kept.reset();
    StoredResponse candidate = storedFrom(head, m_request, m_requestedAt, now());
    removeHopByHopFields(candidate.head.fields);
    const CacheRequest request{m_method, m_request, m_cache.isCredentialOurs()};
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
    m_cache.store().put(m_key, std::make_shared<const StoredResponse>(std::move(*m_kept)));
    m_kept.reset();
    return true;
}

StoredPtr CacheCapture::freshen(const StoredResponse& stored, const ResponseHead& notModified) {
    FieldList fields = notModified.fields;
    removeHopByHopFields(fields);
    auto fresh =
        std::make_shared<const StoredResponse>(updated(stored, fields, m_requestedAt, now()));
    m_cache.store().put(m_key, fresh);
    return fresh;
}

void CacheCapture::invalidateAfter(const ResponseHead& head) {
    const bool isOtherMethod = std::any_of(m_request.begin(), m_request.end(), [](FieldView field) {
        return overridesMethod(field.name);
    });
    if ((isSafe(m_method) && !isOtherMethod) || head.status < 200 || head.status >= 400) return;
    m_cache.store().remove(m_key);
    const qsizetype path = m_key.indexOf(' ') + 1;
    const QUrl target(QStringLiteral("http://h") + QString::fromLatin1(m_key.sliced(path)));
    for (const QByteArrayView name : {"Location", "Content-Location"}) {
        const auto value = head.fields.first(name);
        if (!value) continue;
        const QUrl named = target.resolved(QUrl::fromEncoded(value->toByteArray()));
        // An absolute URL names the host by a name that the origin knows itself by: only its path
        // is ours to compare, and to forget too much is safe.
        m_cache.store().remove(
            m_key.first(path) +
            named.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment));
    }
}

} // namespace sallyport
