// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/statistics.h"
#include "ui/statistics/barchart.h"

namespace sallyport {

/// What is shown of each group.
enum class StatisticsMeasure { Tokens, Cost, Requests, Errors, FirstByte };

[[nodiscard]] QString measureText(StatisticsMeasure measure);
[[nodiscard]] QString groupText(StatisticsGroup group);
/// A chart of the rows: at most 60 bars of models, routes or sessions.
[[nodiscard]] BarContents statisticsChart(const std::vector<StatisticsRow>& rows,
                                          StatisticsMeasure measure, StatisticsGroup group);
/// `1,204 requests · 12 errors · 3.1 M tokens · $12.30`, and how many have no price.
[[nodiscard]] QString statisticsTotal(const std::vector<StatisticsRow>& rows);

} // namespace sallyport
