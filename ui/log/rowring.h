// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/seenvalues.h"
#include "core/observe/exchangerecord.h"
#include "ui/log/textpool.h"

#include <array>
#include <deque>
#include <optional>

namespace sallyport {

/// Groups that the chips above the table count.
enum class StatusGroup { Success, Redirect, ClientError, ServerError, Failed, Live };
inline constexpr std::size_t kStatusGroups = 6;
/// The one group of a record; Failed is an end without a status.
[[nodiscard]] StatusGroup statusGroup(const ExchangeRecord& record);

/// The records that the window keeps, in order of id, with a bound. Values only; emits nothing.
class RowRing {
public:
    explicit RowRing(std::size_t capacity = 100000);

    enum class Change { Added, Updated, Ignored };
    struct Outcome {
        Change change = Change::Ignored;
        std::size_t index = 0;
    };
    /// Takes a new record or a newer state of a kept one; one that was evicted is ignored.
    Outcome put(const ExchangeRecord& record);
    /// How many of the oldest have to go to get back within the bound: none or a block.
    [[nodiscard]] std::size_t surplus() const;
    void dropFront(std::size_t count);
    /// Forgets all that have ended.
    void dropEnded();

    [[nodiscard]] std::size_t size() const { return m_records.size(); }
    [[nodiscard]] const ExchangeRecord& at(std::size_t index) const { return m_records[index]; }
    /// Null when it is not kept.
    [[nodiscard]] const ExchangeRecord* find(quint64 id) const;
    /// The record of the same exchange as one of the history, whose ids are others: by its start
    /// in microseconds, method and path. Null when it is not kept.
    [[nodiscard]] const ExchangeRecord* findLike(const ExchangeRecord& kept) const;
    /// What the latest 10 000 that have ended had in their fields.
    [[nodiscard]] filter::SeenValues seenValues() const;
    [[nodiscard]] std::size_t count(StatusGroup group) const {
        return m_counts[static_cast<std::size_t>(group)];
    }

    [[nodiscard]] std::size_t healthChecks() const { return m_healthChecks; }

private:
    void countIn(const ExchangeRecord& record);
    void countOut(const ExchangeRecord& record);
    void shareTexts(std::size_t index);
    /// The first place whose id is not below `id`.
    [[nodiscard]] std::size_t lowerBound(quint64 id) const;
    std::size_t& counter(const ExchangeRecord& record);

    std::deque<ExchangeRecord> m_records;
    TextPool m_texts; ///< of m_records
    std::array<std::size_t, kStatusGroups> m_counts{};
    std::size_t m_healthChecks = 0;
    std::size_t m_capacity;
    quint64 m_evictedUpTo = 0;
};

} // namespace sallyport
