// SPDX-License-Identifier: MIT
#include "core/history/statisticsreader.h"

#include "core/history/historyreader.h"

namespace sallyport {

namespace {

/// Exchanges that began before another one may end after it: so much earlier ones are looked at.
constexpr auto kLongest = std::chrono::hours(1);

/// The id after which the exchanges since then stand, found by halves.
quint64 idBefore(const HistoryReader& reader, WallTime since) {
    quint64 low = 0;
    quint64 high = reader.lastId();
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        const std::optional<WallTime> start = reader.startFrom(middle);
        const bool isBefore = start && *start < since - kLongest;
        if (isBefore)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

} // namespace

StatisticsAnswer readStatistics(const StatisticsQuestion& question) {
    const auto reader = HistoryReader::open(question.path);
    if (!reader) return {{}, reader.error().reason};
    Statistics statistics(question.group, question.prices);
    const std::optional<HistoryError> error =
        reader->each({}, idBefore(*reader, question.since), [&](const ExchangeRecord& record) {
            if (record.startedAt >= question.since) statistics.add(record);
            return true;
        });
    if (error) return {{}, error->reason};
    return {statistics.rows(), {}};
}

} // namespace sallyport
