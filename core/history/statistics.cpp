// SPDX-License-Identifier: MIT
#include "core/history/statistics.h"

#include "core/history/csvlines.h"
#include "core/observe/failedexchange.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace sallyport {

namespace {

/// The value below which `share` of the others lie.
std::optional<qint64> quantile(std::vector<qint64> values, double share) {
    if (values.empty()) return {};
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

QByteArray csvMillis(const std::optional<qint64>& micros) {
    return micros ? QByteArray::number(static_cast<double>(*micros) / 1000.0, 'f', 1)
                  : QByteArray();
}

} // namespace

QByteArray billedModel(const ExchangeRecord& record) {
    return record.modelSent.isEmpty() ? record.modelAsked : record.modelSent;
}

Statistics::Statistics(StatisticsGroup group, PriceTable prices)
    : m_group(group)
    , m_prices(std::move(prices)) {}

QString Statistics::nameOf(const ExchangeRecord& record) const {
    const auto local = [&record](const QString& format) {
        const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(
            record.startedAt.time_since_epoch());
        return QDateTime::fromMSecsSinceEpoch(since.count()).toString(format);
    };
    switch (m_group) {
    case StatisticsGroup::Hour: return local(QStringLiteral("yyyy-MM-dd HH:00"));
    case StatisticsGroup::Day: return local(QStringLiteral("yyyy-MM-dd"));
    case StatisticsGroup::Model: return QString::fromUtf8(record.modelAsked);
    case StatisticsGroup::Route: return record.route;
    case StatisticsGroup::Session: return QString::fromUtf8(record.session);
    }
    return {};
}

void Statistics::add(const ExchangeRecord& record) {
    if (record.role == RequestRole::Local || record.role == RequestRole::Tunnel) return;
    Sum& sum = m_sums[nameOf(record)];
    sum.usage.add(record.usage, m_prices.cost(billedModel(record), record.usage));
    if (isFailed(record)) ++sum.errors;
    if (record.times.firstByte) sum.firstBytes.push_back(*record.times.firstByte);
}

std::vector<StatisticsRow> Statistics::rows() const {
    std::vector<StatisticsRow> rows;
    rows.reserve(m_sums.size());
    for (const auto& [name, sum] : m_sums)
        rows.push_back({name, sum.usage, sum.errors, quantile(sum.firstBytes, 0.5),
                        quantile(sum.firstBytes, 0.95)});
    if (m_group == StatisticsGroup::Hour || m_group == StatisticsGroup::Day) return rows;
    const auto tokens = [](const StatisticsRow& row) {
        return row.usage.prompt() + row.usage.output;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&tokens](const StatisticsRow& a, const StatisticsRow& b) {
                         return tokens(a) > tokens(b);
                     });
    return rows;
}

QByteArray statisticsCsv(const std::vector<StatisticsRow>& rows) {
    QByteArray out = "name,requests,errors,input_tokens,cache_read_tokens,cache_written_tokens,"
                     "output_tokens,cost_usd,requests_without_price,first_byte_median_ms,"
                     "first_byte_p95_ms\r\n";
    for (const StatisticsRow& row : rows) {
        const UsageSum& usage = row.usage;
        out += csv::field(row.name.toUtf8());
        for (const qint64 count : {usage.requests, row.errors, usage.input, usage.cacheRead,
                                   usage.cacheWritten, usage.output})
            out += ',' + QByteArray::number(count);
        out += ',' + QByteArray::number(usage.dollars, 'f', 6) + ',' +
               QByteArray::number(usage.unpriced) + ',' + csvMillis(row.firstByteMedian) + ',' +
               csvMillis(row.firstByteSlow) + "\r\n";
    }
    return out;
}

} // namespace sallyport
