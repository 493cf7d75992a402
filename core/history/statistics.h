// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/pricetable.h"
#include "core/anthropic/usagesum.h"
#include "core/observe/exchangerecord.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace sallyport {

/// By what exchanges are summed.
enum class StatisticsGroup { Hour, Day, Model, Route, Session };

/// The model whose prices count: the one that was sent.
[[nodiscard]] QByteArray billedModel(const ExchangeRecord& record);

/// The sums of one hour, day, model, route or session.
struct StatisticsRow {
    QString name; ///< `2026-11-21 14:00` and `2026-11-21` in local time; empty: none
    UsageSum usage;
    qint64 errors = 0;
    std::optional<qint64> firstByteMedian; ///< µs
    std::optional<qint64> firstByteSlow;   ///< µs, which one in twenty exceeds
    friend bool operator==(const StatisticsRow&, const StatisticsRow&) = default;
};

/// Sums exchanges of a history, one after the other. Requests for Sallyport's own endpoints and
/// tunnels are left out.
class Statistics {
public:
    Statistics(StatisticsGroup group, PriceTable prices);
    void add(const ExchangeRecord& record);
    /// Hours and days in order of time, the others with the most tokens first.
    [[nodiscard]] std::vector<StatisticsRow> rows() const;

private:
    struct Sum {
        UsageSum usage;
        qint64 errors = 0;
        std::vector<qint64> firstBytes;
    };
    [[nodiscard]] QString nameOf(const ExchangeRecord& record) const;

    StatisticsGroup m_group;
    PriceTable m_prices;
    std::map<QString, Sum> m_sums;
};

/// Rows as CSV (RFC 4180), with a line of names.
[[nodiscard]] QByteArray statisticsCsv(const std::vector<StatisticsRow>& rows);

} // namespace sallyport
