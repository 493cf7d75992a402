// SPDX-License-Identifier: MIT
#include "core/proxy/cachedexchange.h"

#include "core/anthropic/errorbody.h"
#include "core/cache/conditional.h"
#include "core/http/reasonphrase.h"

namespace sallyport {

namespace {

using Action = CacheLookup::Action;
using Outcome = ResponseCache::Outcome;

/// Bytes of stored content that go on in one turn of the event loop.
constexpr qsizetype kSlice = qsizetype{64} * 1024;

bool isFailure(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
}

} // namespace

CachedExchange::CachedExchange(Parts parts, UpstreamRequest request, UpstreamObserver& observer)
    : m_parts(std::move(parts))
    , m_request(std::move(request))
    , m_observer(observer)
    , m_key(m_request.hostOverride + ' ' + m_request.target)
    , m_wait(m_parts.context.deadlines, [this] {
        m_parts.cache->leave(m_key, *this);
        released();
    }) {
    lookAgain();
}

CachedExchange::~CachedExchange() {
    if (m_isWaiting) m_parts.cache->leave(m_key, *this);
    m_inner.reset();
    releaseOthers(Outcome::Unknown);
}

CacheSeconds CachedExchange::now() const { return cacheTimeOf(m_parts.context.deadlines.clock()); }

CacheRequest CachedExchange::cacheRequest() const {
    return {m_request.method, m_request.fields, m_parts.cache->isCredentialOurs()};
}

void CachedExchange::lookAgain() {
    m_isWaiting = false;
    // What is stored may be of any target of the group, and would be for all requests.
    const bool isForAnyTarget = m_request.wantedTarget.isEmpty();
    if (m_request.framing.kind == BodyKind::None && m_request.upgrade.isEmpty() && isForAnyTarget)
        m_lookup =
            lookUp({m_parts.cache->store(), m_parts.cache->rules(), now()}, m_key, cacheRequest());
    else if (m_request.method != "GET" && m_request.method != "HEAD")
        m_lookup.why = "method";
    switch (m_lookup.action) {
    case Action::Bypass: forward(false); return;
    case Action::Serve: serveStored(hitStatus(m_lookup)); return;
    case Action::ServeAndRenew:
        m_parts.renewals->renew(m_key, m_request, m_lookup.stored);
        serveStored(hitStatus(m_lookup, "stale-while-revalidate"));
        return;
    case Action::Unsatisfiable: refuseUnsatisfiable(); return;
    case Action::Validate: forward(m_request.method == "GET"); return;
    case Action::Forward: break;
    }
    if (!m_hasWaited && couldUseAnothers()) {
        m_leads = m_parts.cache->lead(m_key, *this);
        m_isWaiting = !m_leads;
        if (m_isWaiting) m_wait.arm(kMostWait);
    }
    if (!m_isWaiting) forward(false);
}

/// Whether the response to another request for the target would do for this one.
bool CachedExchange::couldUseAnothers() const {
    const FieldList& fields = m_request.fields;
    const CacheControl asked = requestCacheControl(fields);
    const bool hasOwnKey = !m_parts.cache->isCredentialOurs() && hasCredential(fields);
    return m_request.method == "GET" && !asked.noCache && !asked.noStore && !hasOwnKey &&
           !fields.contains("Range");
}

void CachedExchange::released() {
    m_hasWaited = true;
    m_wait.disarm();
    m_parts.context.tasks.add(*this);
}

void CachedExchange::releaseOthers(Outcome outcome) {
    if (std::exchange(m_leads, false)) m_parts.cache->release(m_key, outcome);
}

void CachedExchange::forward(bool isValidation) {
    UpstreamRequest request = m_request;
    m_capture.emplace(*m_parts.cache, m_parts.context.deadlines.clock(),
                      CapturedRequest{m_key, m_request.method, m_request.fields});
    m_isValidating = isValidation && m_lookup.stored;
    if (m_isValidating) setValidators(request.fields, m_lookup.stored->head);
    m_inner = m_parts.inner->start(std::move(request), *this);
    m_inner->setReading(m_isReading);
    if (m_isFinished) m_inner->finishBody({});
}

void CachedExchange::sendBody(QByteArrayView bytes) {
    if (m_inner) m_inner->sendBody(bytes);
}

void CachedExchange::finishBody(const FieldList& trailers) {
    m_isFinished = true;
    if (m_inner) m_inner->finishBody(trailers);
}

bool CachedExchange::isCongested() const { return m_inner && m_inner->isCongested(); }

void CachedExchange::setReading(bool on) {
    m_isReading = on;
    if (m_inner) m_inner->setReading(on);
    if (on && m_response) m_parts.context.tasks.add(*this);
}

void CachedExchange::upstreamConnected(const UpstreamPeer& peer) {
    m_wasConnected = true;
    m_observer.upstreamConnected(peer);
}

void CachedExchange::upstreamRequestSent() {
    m_capture->requestSent();
    m_observer.upstreamRequestSent();
}

void CachedExchange::upstreamInterim(const ResponseHead& head) { m_observer.upstreamInterim(head); }

/// Whether the response to our validators lets the stored one be served.
bool CachedExchange::takesValidation(const ResponseHead& head) {
    if (!m_isValidating) return false;
    if (head.status == 304) {
        if (!isValidatedBy(m_lookup.stored->head, head.fields)) return false;
        m_lookup.stored = m_capture->freshen(*m_lookup.stored, head);
        m_lookup.age = currentAge(*m_lookup.stored, now());
        m_lookup.freshFor =
            freshnessLifetime(m_lookup.stored->head, m_parts.cache->rules().ttl).seconds -
            m_lookup.age;
        m_isFreshened = true;
        return true;
    }
    if (!isFailure(head.status) || !mayServeStale(m_lookup, m_request.fields, false)) return false;
    m_inner.reset();
    serveStored(hitStatus(m_lookup, "stale-if-error"));
    return true;
}

void CachedExchange::upstreamHead(ResponseHead head, Framing framing) {
    if (takesValidation(head)) return;
    if (m_isValidating && head.status == 304) {
        // It speaks of another response than ours: what is stored is of no use.
        m_parts.cache->store().remove(m_key);
        m_inner.reset();
        m_lookup = {};
        m_lookup.why = "uri-miss";
        m_parts.context.tasks.add(*this);
        return;
    }
    m_capture->invalidateAfter(head);
    const QByteArrayView reason =
        m_lookup.action == Action::Bypass ? QByteArrayView("bypass") : m_capture->head(head);
    if (!reason.isEmpty()) releaseOthers(Outcome::NotStored);
    addCacheStatus(head.fields, forwardStatus(m_lookup.why, reason));
    m_observer.upstreamHead(std::move(head), framing);
}

void CachedExchange::upstreamBody(QByteArrayView bytes) {
    if (m_isFreshened) return;
    if (!m_capture->body(bytes)) releaseOthers(Outcome::NotStored);
    m_observer.upstreamBody(bytes);
}

void CachedExchange::upstreamComplete(const FieldList& trailers) {
    if (m_isFreshened) {
        m_inner.reset();
        serveStored(hitStatus(m_lookup, "validated"));
        return;
    }
    releaseOthers(m_capture->complete() ? Outcome::Stored : Outcome::NotStored);
    m_observer.upstreamComplete(trailers);
}

void CachedExchange::upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) {
    m_observer.upstreamSwitched(std::move(head), std::move(stream), std::move(early));
}

void CachedExchange::upstreamFailed(const ExchangeError& error) {
    const bool isUsable = m_isFreshened || (m_isValidating && !m_response &&
                                            mayServeStale(m_lookup, m_request.fields, true));
    if (!isUsable) {
        releaseOthers(Outcome::Unknown);
        m_observer.upstreamFailed(error);
        return;
    }
    m_inner.reset();
    serveStored(hitStatus(m_lookup, m_isFreshened ? "validated" : "disconnected"));
}

void CachedExchange::upstreamTurnEnded() {
    if (!m_isFreshened) m_observer.upstreamTurnEnded();
}

void CachedExchange::serveStored(QByteArray status) {
    const StoredResponse& stored = *m_lookup.stored;
    m_response = responseFromCache(cacheRequest(), stored, m_lookup.age, status);
    m_content = stored.content;
    m_parts.context.tasks.add(*this);
}

void CachedExchange::refuseUnsatisfiable() {
    CacheResponse out;
    out.head.status = 504;
    out.head.reason = reasonPhrase(504).toByteArray();
    m_content = errorBody(504, QStringLiteral("Sallyport: the request asks for a stored response "
                                              "only (only-if-cached), and none can be used"));
    out.size = m_content.size();
    out.head.fields.append("Content-Type", "application/json");
    out.head.fields.append("Content-Length", QByteArray::number(out.size));
    addCacheStatus(out.head.fields, "fwd=uri-miss; detail=only-if-cached");
    out.framing = {BodyKind::Length, static_cast<quint64>(out.size)};
    m_response = std::move(out);
    m_parts.context.tasks.add(*this);
}

void CachedExchange::runDeferred() {
    if (m_response)
        deliver();
    else if (m_isWaiting)
        lookAgain();
    else if (!m_inner)
        forward(false);
}

void CachedExchange::deliver() {
    if (!m_isReading) return;
    if (!m_isHeadDelivered && !deliverHead()) return;
    if (!deliverContent()) return;
    if (m_at < m_response->size) {
        if (m_calls.make([this] { m_observer.upstreamTurnEnded(); }))
            m_parts.context.tasks.add(*this);
        return;
    }
    m_observer.upstreamComplete({});
}

bool CachedExchange::deliverHead() {
    m_isHeadDelivered = true;
    UpstreamPeer peer;
    peer.target = QStringLiteral("cache");
    if (!m_wasConnected && !m_calls.make([&] { m_observer.upstreamConnected(peer); })) return false;
    return m_calls.make(
        [this] { m_observer.upstreamHead(std::move(m_response->head), m_response->framing); });
}

bool CachedExchange::deliverContent() {
    const qsizetype size = std::min(kSlice, m_response->size - m_at);
    if (size <= 0) return true;
    // A copy that shares the bytes: this exchange may be gone before the call returns.
    const QByteArray content = m_content;
    const QByteArrayView slice = QByteArrayView(content).sliced(m_response->from + m_at, size);
    m_at += size;
    return m_calls.make([&] { m_observer.upstreamBody(slice); });
}

} // namespace sallyport
