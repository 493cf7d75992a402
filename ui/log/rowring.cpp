// SPDX-License-Identifier: MIT
#include "ui/log/rowring.h"

#include "ui/log/healthcheckrequest.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Values for completion are those of so many of the latest rows: some 6 ms of work.
constexpr std::size_t kRowsSeen = 10'000;

} // namespace

StatusGroup statusGroup(const ExchangeRecord& record) {
    if (record.end == ExchangeEnd::Running) return StatusGroup::Live;
    if (record.status >= 500) return StatusGroup::ServerError;
    if (record.status >= 400) return StatusGroup::ClientError;
    if (record.status >= 300) return StatusGroup::Redirect;
    return record.status > 0 ? StatusGroup::Success : StatusGroup::Failed;
}

RowRing::RowRing(std::size_t capacity)
    : m_capacity(capacity) {}

void RowRing::countIn(const ExchangeRecord& record) {
    ++counter(record);
    if (isHealthCheck(record)) ++m_healthChecks;
}

void RowRing::countOut(const ExchangeRecord& record) {
    --counter(record);
    if (isHealthCheck(record)) --m_healthChecks;
}

std::size_t& RowRing::counter(const ExchangeRecord& record) {
    return m_counts[static_cast<std::size_t>(statusGroup(record))];
}

std::size_t RowRing::lowerBound(quint64 id) const {
    if (m_records.empty() || id <= m_records.front().id) return 0;
    // Ids rise by one, so this is nearly always the index.
    const std::size_t guess = static_cast<std::size_t>(id - m_records.front().id);
    if (guess < m_records.size() && m_records[guess].id == id) return guess;
    if (id > m_records.back().id) return m_records.size();
    const auto place = std::lower_bound(
        m_records.begin(), m_records.end(), id,
        [](const ExchangeRecord& record, quint64 wanted) { return record.id < wanted; });
    return static_cast<std::size_t>(place - m_records.begin());
}

RowRing::Outcome RowRing::put(const ExchangeRecord& record) {
    if (record.id <= m_evictedUpTo) return {};
    const std::size_t index = lowerBound(record.id);
    if (index < m_records.size() && m_records[index].id == record.id) {
        countOut(m_records[index]);
        m_records[index] = record;
        shareTexts(index);
        countIn(record);
        return {Change::Updated, index};
    }
    m_records.insert(m_records.begin() + static_cast<std::ptrdiff_t>(index), record);
    shareTexts(index);
    countIn(record);
    return {Change::Added, index};
}

/// Rows come with texts of their own, and mostly with those of the row before.
void RowRing::shareTexts(std::size_t index) {
    ExchangeRecord& record = m_records[index];
    const ExchangeRecord& before = m_records[index > 0 ? index - 1 : 0];
    const auto share = [&](auto member) {
        if (record.*member == before.*member)
            record.*member = before.*member;
        else
            m_texts.share(record.*member);
    };
    for (const auto text :
         {&ExchangeRecord::method, &ExchangeRecord::host, &ExchangeRecord::path,
          &ExchangeRecord::interceptedBy, &ExchangeRecord::errorCode, &ExchangeRecord::modelAsked,
          &ExchangeRecord::modelSent, &ExchangeRecord::userAgent, &ExchangeRecord::session,
          &ExchangeRecord::agent, &ExchangeRecord::parentAgent})
        share(text);
    for (const auto text :
         {&ExchangeRecord::notIntercepted, &ExchangeRecord::route, &ExchangeRecord::upstream,
          &ExchangeRecord::target, &ExchangeRecord::way, &ExchangeRecord::error,
          &ExchangeRecord::client, &ExchangeRecord::clientName})
        share(text);
}

std::size_t RowRing::surplus() const {
    if (m_records.size() <= m_capacity) return 0;
    const std::size_t block = std::max<std::size_t>(1, m_capacity / 16);
    return std::min(m_records.size(), m_records.size() - m_capacity + block);
}

void RowRing::dropFront(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        m_evictedUpTo = m_records.front().id;
        countOut(m_records.front());
        m_records.pop_front();
    }
}

void RowRing::dropEnded() {
    std::deque<ExchangeRecord> running;
    for (ExchangeRecord& record : m_records) {
        if (record.end == ExchangeEnd::Running)
            running.push_back(std::move(record));
        else
            m_evictedUpTo = std::max(m_evictedUpTo, record.id);
    }
    // Running records may have lower ids than dropped ones, and still get updates.
    if (!running.empty()) m_evictedUpTo = std::min(m_evictedUpTo, running.front().id - 1);
    m_records = std::move(running);
    m_counts = {};
    m_healthChecks = 0;
    for (const ExchangeRecord& record : m_records)
        countIn(record);
}

const ExchangeRecord* RowRing::findLike(const ExchangeRecord& kept) const {
    const auto micros = [](const ExchangeRecord& record) {
        return std::chrono::duration_cast<std::chrono::microseconds>(
            record.startedAt.time_since_epoch());
    };
    // Ids rise with the start, unless the clock was set back; a row then stands twice.
    auto place = std::lower_bound(m_records.begin(), m_records.end(), micros(kept),
                                  [&micros](const ExchangeRecord& record, const auto& wanted) {
                                      return micros(record) < wanted;
                                  });
    for (; place != m_records.end() && micros(*place) == micros(kept); ++place)
        if (place->method == kept.method && place->path == kept.path) return &*place;
    return nullptr;
}

filter::SeenValues RowRing::seenValues() const {
    filter::SeenValues seen;
    for (std::size_t i = m_records.size() - std::min(m_records.size(), kRowsSeen);
         i < m_records.size(); ++i)
        if (m_records[i].end != ExchangeEnd::Running) seen.note(m_records[i]);
    return seen;
}

const ExchangeRecord* RowRing::find(quint64 id) const {
    const std::size_t index = lowerBound(id);
    if (index >= m_records.size() || m_records[index].id != id) return nullptr;
    return &m_records[index];
}

} // namespace sallyport
