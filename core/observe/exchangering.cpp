// SPDX-License-Identifier: MIT
#include "core/observe/exchangering.h"

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

std::shared_ptr<ExchangeStory> ExchangeRing::begin(const QString& client) {
    auto story = std::make_shared<ExchangeStory>();
    story->startedAt = m_clock.now();
    ExchangeRecord& record = story->detail.record;
    record.id = ++m_lastId;
    record.startedAt = m_clock.wallNow();
    record.client = client;
    story->runningAt = m_running.size();
    m_running.push_back(story);
    return story;
}

void ExchangeRing::end(const std::shared_ptr<ExchangeStory>& story) {
    const std::size_t at = story->runningAt;
    m_running[at] = std::move(m_running.back());
    m_running[at]->runningAt = at;
    m_running.pop_back();
    m_ended.push_back(story);
    if (story->bodyCost > 0) m_endedWithBodies.push_back(story.get());
    markChanged(*story);
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
    ExchangeStory& oldest = *m_ended.front();
    if (oldest.bodyCost > 0) {
        dropBodies(oldest);
        m_endedWithBodies.pop_front();
    }
    unlinkChanged(oldest);
    m_ended.pop_front();
}

void ExchangeRing::dropBodies(ExchangeStory& story) {
    m_bodyBytes -= story.requestKept + story.responseKept + story.messagesKept;
    m_bodyCost -= story.bodyCost;
    ExchangeDetail& detail = story.detail;
    detail.isRequestBodyCut = detail.isRequestBodyCut || story.requestKept > 0;
    detail.isResponseBodyCut = detail.isResponseBodyCut || story.responseKept > 0;
    detail.requestBody = {};
    detail.responseBody = {};
    detail.webSocket = {};
    story.requestKept = story.responseKept = story.messagesKept = story.bodyCost = 0;
}

qint64 ExchangeRing::roomFor(qint64 bytes) {
    const qint64 wanted = bytes + kPieceCost;
    while (m_bodyCost + wanted > m_limits.bodyBytes && !m_endedWithBodies.empty()) {
        dropBodies(*m_endedWithBodies.front());
        m_endedWithBodies.pop_front();
    }
    return std::max<qint64>(0, m_limits.bodyBytes - m_bodyCost - kPieceCost);
}

void ExchangeRing::keep(ExchangeStory& story, BodySide side, QByteArrayView bytes) {
    const bool isRequest = side == BodySide::Request;
    ExchangeDetail& detail = story.detail;
    bool& isCut = isRequest ? detail.isRequestBodyCut : detail.isResponseBodyCut;
    qint64& kept = isRequest ? story.requestKept : story.responseKept;
    if (isCut || bytes.isEmpty()) return;
    const qint64 ofMessage = m_limits.keepsBodies ? m_limits.bodyPerMessage - kept : 0;
    const qint64 wanted = std::min<qint64>(bytes.size(), ofMessage);
    const qint64 size = wanted > 0 ? std::min(wanted, roomFor(wanted)) : 0;
    isCut = size < bytes.size();
    if (size <= 0) return;

    auto& pieces = isRequest ? detail.requestBody : detail.responseBody;
    using std::chrono::duration_cast;
    const auto passed = m_clock.now() - story.startedAt;
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
    story.bodyCost += cost;
    m_bodyBytes += size;
    m_bodyCost += cost;
}

void ExchangeRing::keepMessage(ExchangeStory& story, WebSocketEntry entry) {
    const qint64 size = entry.message.preview.size();
    auto& kept = story.detail.webSocket;
    const auto isFull = [&] {
        return static_cast<std::size_t>(kept.size()) >= m_limits.webSocketMessages ||
               story.messagesKept + size > m_limits.webSocketBytes ||
               roomFor(size + kMessageCost) < size + kMessageCost;
    };
    while (!kept.isEmpty() && isFull())
        dropOldestMessage(story);
    if (isFull()) return;
    kept.append(std::move(entry));
    story.messagesKept += size;
    story.bodyCost += size + kMessageCost;
    m_bodyBytes += size;
    m_bodyCost += size + kMessageCost;
}

void ExchangeRing::dropOldestMessage(ExchangeStory& story) {
    const qint64 size = story.detail.webSocket.first().message.preview.size();
    story.detail.webSocket.removeFirst();
    story.messagesKept -= size;
    story.bodyCost -= size + kMessageCost;
    m_bodyBytes -= size;
    m_bodyCost -= size + kMessageCost;
}

void ExchangeRing::markChanged(ExchangeStory& story) {
    if (!story.isChanged) {
        story.isChanged = true;
        story.changedBefore = m_lastChanged;
        (m_lastChanged ? m_lastChanged->changedAfter : m_firstChanged) = &story;
        m_lastChanged = &story;
    }
    if (m_hasTold || !m_changed) return;
    m_hasTold = true;
    m_changed();
}

void ExchangeRing::unlinkChanged(ExchangeStory& story) {
    if (!story.isChanged) return;
    (story.changedBefore ? story.changedBefore->changedAfter : m_firstChanged) = story.changedAfter;
    (story.changedAfter ? story.changedAfter->changedBefore : m_lastChanged) = story.changedBefore;
    story.changedBefore = story.changedAfter = nullptr;
    story.isChanged = false;
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

const ExchangeStory* ExchangeRing::find(quint64 id) const {
    const auto hasId = [id](const auto& story) { return story->detail.record.id == id; };
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
