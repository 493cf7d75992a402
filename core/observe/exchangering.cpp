// SPDX-License-Identifier: MIT
#include "core/observe/exchangering.h"

#include "core/secrets/redact.h"

#include <algorithm>

namespace sallyport {

namespace {

/// What a piece costs beside its bytes: its entry, the header of its array, the allocator's share.
constexpr qint64 kPieceCost = 96;
/// The same for a message of a WebSocket.
constexpr qint64 kMessageCost = static_cast<qint64>(sizeof(WebSocketEntry)) + 32;
/// Pieces that came this close together, and stay below this size, are kept as one.
constexpr qint64 kMergeMicros = 1000;
constexpr qsizetype kMergeBytes = 16 * 1024;

} // namespace

ExchangeRing::ExchangeRing(const Clock& clock, ExchangeLogLimits limits)
    : m_clock(clock)
    , m_limits(limits) {}

std::shared_ptr<ExchangeEntry> ExchangeRing::begin(const QString& client) {
    auto entry = std::make_shared<ExchangeEntry>();
    entry->startedAt = m_clock.now();
    ExchangeRecord& record = entry->detail.record;
    record.id = ++m_lastId;
    record.startedAt = m_clock.wallNow();
    record.client = client;
    entry->hasNoContents = m_limits.isAsked && m_wantsContents && !m_wantsContents();
    entry->runningAt = m_running.size();
    m_running.push_back(entry);
    return entry;
}

void ExchangeRing::end(const std::shared_ptr<ExchangeEntry>& entry) {
    m_metrics.count(entry->detail.record);
    entry->redactors.reset();
    const std::size_t at = entry->runningAt;
    m_running[at] = std::move(m_running.back());
    m_running[at]->runningAt = at;
    m_running.pop_back();
    m_ended.push_back(entry);
    if (entry->bodyCost > 0) m_endedWithBodies.push_back(entry.get());
    markChanged(*entry);
    if (m_endedCallback) m_endedCallback(entry->detail);
    dropBeyondLimit();
}

void ExchangeRing::dropBeyondLimit() {
    while (m_ended.size() > m_limits.records)
        dropOldest();
}

void ExchangeRing::setLimits(const ExchangeLogLimits& limits) {
    m_limits = limits;
    dropBeyondLimit();
}

void ExchangeRing::dropOldest() {
    ExchangeEntry& oldest = *m_ended.front();
    if (oldest.bodyCost > 0) {
        dropBodies(oldest);
        m_endedWithBodies.pop_front();
    }
    unlinkChanged(oldest);
    m_ended.pop_front();
}

void ExchangeRing::dropBodies(ExchangeEntry& entry) {
    m_bodyBytes -= entry.requestKept + entry.responseKept + entry.messagesKept;
    m_bodyCost -= entry.bodyCost;
    ExchangeDetail& detail = entry.detail;
    detail.isRequestBodyCut = detail.isRequestBodyCut || entry.requestKept > 0;
    detail.isResponseBodyCut = detail.isResponseBodyCut || entry.responseKept > 0;
    detail.requestBody = {};
    detail.responseBody = {};
    detail.webSocket = {};
    entry.requestKept = entry.responseKept = entry.messagesKept = entry.bodyCost = 0;
}

qint64 ExchangeRing::roomFor(qint64 bytes) {
    const qint64 wanted = bytes + kPieceCost;
    while (m_bodyCost + wanted > m_limits.bodyBytes && !m_endedWithBodies.empty()) {
        dropBodies(*m_endedWithBodies.front());
        m_endedWithBodies.pop_front();
    }
    return std::max<qint64>(0, m_limits.bodyBytes - m_bodyCost - kPieceCost);
}

void ExchangeRing::setCoding(ExchangeEntry& entry, BodySide side, const FieldList& fields) {
    if (!keepsBodies(entry) || m_known.isEmpty()) return;
    const QByteArray coding = fields.combined("content-encoding");
    if (coding.isEmpty()) return;
    if (!entry.redactors) entry.redactors = std::make_unique<BodyRedactors>();
    entry.redactors->of(side).setCoding(coding);
}

const QString& ExchangeRing::redactedTargetName(const QString& name) {
    if (m_lastTarget.first != name) m_lastTarget = {name, redactedMessage(name, m_known)};
    return m_lastTarget.second;
}

void ExchangeRing::keep(ExchangeEntry& entry, BodySide side, QByteArrayView bytes) {
    ExchangeDetail& detail = entry.detail;
    bool& isCut = side == BodySide::Request ? detail.isRequestBodyCut : detail.isResponseBodyCut;
    if (isCut || bytes.isEmpty()) return;
    if (!keepsBodies(entry)) {
        isCut = true;
        return;
    }
    if (!entry.redactors) entry.redactors = std::make_unique<BodyRedactors>();
    BodyRedactor& redactor = entry.redactors->of(side);
    const QByteArrayView redacted = redactor.feed(bytes, m_known);
    // What was kept before the secret is part of the same coded content, and means nothing alone.
    if (redactor.isWithheld())
        withhold(entry, side);
    else
        append(entry, side, redacted);
}

void ExchangeRing::finishBody(ExchangeEntry& entry, BodySide side) {
    if (entry.redactors) append(entry, side, entry.redactors->of(side).finish(m_known));
}

void ExchangeRing::append(ExchangeEntry& entry, BodySide side, QByteArrayView bytes) {
    const bool isRequest = side == BodySide::Request;
    ExchangeDetail& detail = entry.detail;
    bool& isCut = isRequest ? detail.isRequestBodyCut : detail.isResponseBodyCut;
    qint64& kept = isRequest ? entry.requestKept : entry.responseKept;
    if (isCut || bytes.isEmpty()) return;
    const qint64 wanted = std::min<qint64>(bytes.size(), m_limits.bodyPerMessage - kept);
    const qint64 size = wanted > 0 ? std::min(wanted, roomFor(wanted)) : 0;
    isCut = size < bytes.size();
    if (size <= 0) return;

    auto& pieces = isRequest ? detail.requestBody : detail.responseBody;
    using std::chrono::duration_cast;
    const auto passed = m_clock.now() - entry.startedAt;
    const qint64 at = duration_cast<std::chrono::microseconds>(passed).count();
    qint64 cost = size;
    if (!pieces.isEmpty() && at - pieces.last().atMicros < kMergeMicros &&
        pieces.last().bytes.size() + size <= kMergeBytes) {
        pieces.last().bytes.append(bytes.first(size));
    } else {
        pieces.append({at, bytes.first(size).toByteArray()});
        cost += kPieceCost;
    }
    kept += size;
    entry.bodyCost += cost;
    m_bodyBytes += size;
    m_bodyCost += cost;
}

void ExchangeRing::withhold(ExchangeEntry& entry, BodySide side) {
    const bool isRequest = side == BodySide::Request;
    ExchangeDetail& detail = entry.detail;
    auto& pieces = isRequest ? detail.requestBody : detail.responseBody;
    qint64& kept = isRequest ? entry.requestKept : entry.responseKept;
    const qint64 cost = kept + pieces.size() * kPieceCost;
    entry.bodyCost -= cost;
    m_bodyCost -= cost;
    m_bodyBytes -= kept;
    kept = 0;
    pieces = {};
    (isRequest ? detail.isRequestBodyCut : detail.isResponseBodyCut) = true;
}

void ExchangeRing::keepMessage(ExchangeEntry& entry, WebSocketEntry message) {
    const qint64 size = message.message.preview.size();
    auto& kept = entry.detail.webSocket;
    const auto isFull = [&] {
        return static_cast<std::size_t>(kept.size()) >= m_limits.webSocketMessages ||
               entry.messagesKept + size > m_limits.webSocketBytes ||
               roomFor(size + kMessageCost) < size + kMessageCost;
    };
    while (!kept.isEmpty() && isFull())
        dropOldestMessage(entry);
    if (isFull()) return;
    kept.append(std::move(message));
    entry.messagesKept += size;
    entry.bodyCost += size + kMessageCost;
    m_bodyBytes += size;
    m_bodyCost += size + kMessageCost;
}

void ExchangeRing::dropOldestMessage(ExchangeEntry& entry) {
    const qint64 size = entry.detail.webSocket.first().message.preview.size();
    entry.detail.webSocket.removeFirst();
    entry.messagesKept -= size;
    entry.bodyCost -= size + kMessageCost;
    m_bodyBytes -= size;
    m_bodyCost -= size + kMessageCost;
}

void ExchangeRing::markChanged(ExchangeEntry& entry) {
    if (!entry.isChanged) {
        entry.isChanged = true;
        entry.changedBefore = m_lastChanged;
        (m_lastChanged ? m_lastChanged->changedAfter : m_firstChanged) = &entry;
        m_lastChanged = &entry;
    }
    if (m_hasTold || !m_changed) return;
    m_hasTold = true;
    m_changed();
}

void ExchangeRing::unlinkChanged(ExchangeEntry& entry) {
    if (!entry.isChanged) return;
    (entry.changedBefore ? entry.changedBefore->changedAfter : m_firstChanged) = entry.changedAfter;
    (entry.changedAfter ? entry.changedAfter->changedBefore : m_lastChanged) = entry.changedBefore;
    entry.changedBefore = entry.changedAfter = nullptr;
    entry.isChanged = false;
}

std::vector<ExchangeRecord> ExchangeRing::takeChanges() {
    std::vector<ExchangeRecord> changes;
    while (m_firstChanged) {
        changes.push_back(m_firstChanged->detail.record);
        unlinkChanged(*m_firstChanged);
    }
    std::sort(changes.begin(), changes.end(),
              [](const ExchangeRecord& a, const ExchangeRecord& b) { return a.id < b.id; });
    m_hasTold = false;
    return changes;
}

const ExchangeEntry* ExchangeRing::find(quint64 id) const {
    const auto hasId = [id](const auto& entry) { return entry->detail.record.id == id; };
    const auto running = std::find_if(m_running.begin(), m_running.end(), hasId);
    if (running != m_running.end()) return running->get();
    // From the end: what a person looks at is mostly new.
    const auto ended = std::find_if(m_ended.rbegin(), m_ended.rend(), hasId);
    return ended != m_ended.rend() ? ended->get() : nullptr;
}

void ExchangeRing::clear() {
    while (!m_ended.empty())
        dropOldest();
}

QByteArray& ExchangeRing::lineBuffer() {
    constexpr qsizetype kTypicalLine = 1024;
    m_line.resize(0);
    m_line.reserve(kTypicalLine);
    return m_line;
}

} // namespace sallyport
