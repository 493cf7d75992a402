// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/statistics.h"
#include "core/support/clock.h"

#include <QString>

#include <optional>

namespace sallyport {

/// What is asked of a history.
struct StatisticsQuestion {
    QString path; ///< of the history
    WallTime since{};
    StatisticsGroup group = StatisticsGroup::Day;
    PriceTable prices;
};

/// Rows, or why there are none.
struct StatisticsAnswer {
    std::vector<StatisticsRow> rows;
    QString problem;
};

/// Reads the history file beside what writes it; some 5 µs for each exchange since then. Not for
/// the thread of the screens.
[[nodiscard]] StatisticsAnswer readStatistics(const StatisticsQuestion& question);

} // namespace sallyport
