// SPDX-License-Identifier: MIT
#include "ui/statistics/statisticscontents.h"

#include "ui/log/rowtext.h"
#include "ui/pricefile.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sallyport {

namespace {

constexpr std::size_t kMaxNamed = 60;

std::vector<BarSeries> seriesOf(StatisticsMeasure measure) {
    const auto one = [measure] {
        return std::vector<BarSeries>{{measureText(measure), Tone::Live}};
    };
    switch (measure) {
    case StatisticsMeasure::Tokens:
        return {{QCoreApplication::translate("Statistics", "read from cache"), Tone::Quiet},
                {QCoreApplication::translate("Statistics", "written to cache"), Tone::Warn},
                {QCoreApplication::translate("Statistics", "input"), Tone::Live},
                {QCoreApplication::translate("Statistics", "output"), Tone::Good}};
    case StatisticsMeasure::Requests:
        return {{QCoreApplication::translate("Statistics", "without error"), Tone::Live},
                {QCoreApplication::translate("Statistics", "with error"), Tone::Bad}};
    case StatisticsMeasure::FirstByte:
        return {
            {QCoreApplication::translate("Statistics", "half are faster"), Tone::Live},
            {QCoreApplication::translate("Statistics", "up to what 1 in 20 exceeds"), Tone::Warn}};
    case StatisticsMeasure::Cost:
    case StatisticsMeasure::Errors: break;
    }
    return one();
}

std::vector<double> partsOf(const StatisticsRow& row, StatisticsMeasure measure) {
    const auto number = [](qint64 count) { return static_cast<double>(count); };
    const UsageSum& usage = row.usage;
    switch (measure) {
    case StatisticsMeasure::Tokens:
        return {number(usage.cacheRead), number(usage.cacheWritten), number(usage.input),
                number(usage.output)};
    case StatisticsMeasure::Cost: return {usage.dollars};
    case StatisticsMeasure::Requests:
        return {number(usage.requests - row.errors), number(row.errors)};
    case StatisticsMeasure::Errors: return {number(row.errors)};
    case StatisticsMeasure::FirstByte: {
        const qint64 median = row.firstByteMedian.value_or(0);
        return {number(median), number(row.firstByteSlow.value_or(median) - median)};
    }
    }
    return {};
}

QString valueText(double value, StatisticsMeasure measure) {
    switch (measure) {
    case StatisticsMeasure::Cost: return dollarText(value);
    case StatisticsMeasure::FirstByte:
        return value > 0 ? durationText(static_cast<qint64>(value)) : QStringLiteral("0");
    case StatisticsMeasure::Tokens:
    case StatisticsMeasure::Requests:
    case StatisticsMeasure::Errors: break;
    }
    return countText(static_cast<qint64>(value));
}

} // namespace

QString measureText(StatisticsMeasure measure) {
    switch (measure) {
    case StatisticsMeasure::Tokens: return QCoreApplication::translate("Statistics", "Tokens");
    case StatisticsMeasure::Cost: return QCoreApplication::translate("Statistics", "Cost (US$)");
    case StatisticsMeasure::Requests: return QCoreApplication::translate("Statistics", "Requests");
    case StatisticsMeasure::Errors: return QCoreApplication::translate("Statistics", "Errors");
    case StatisticsMeasure::FirstByte:
        return QCoreApplication::translate("Statistics", "Time to first byte");
    }
    return {};
}

QString groupText(StatisticsGroup group) {
    switch (group) {
    case StatisticsGroup::Hour: return QCoreApplication::translate("Statistics", "by hour");
    case StatisticsGroup::Day: return QCoreApplication::translate("Statistics", "by day");
    case StatisticsGroup::Model: return QCoreApplication::translate("Statistics", "by model");
    case StatisticsGroup::Route: return QCoreApplication::translate("Statistics", "by route");
    case StatisticsGroup::Session: return QCoreApplication::translate("Statistics", "by session");
    }
    return {};
}

BarContents statisticsChart(const std::vector<StatisticsRow>& rows, StatisticsMeasure measure,
                            StatisticsGroup group) {
    BarContents contents;
    contents.title = measureText(measure) + u' ' + groupText(group);
    contents.series = seriesOf(measure);
    contents.text = [measure](double value) { return valueText(value, measure); };
    const bool isTime = group == StatisticsGroup::Hour || group == StatisticsGroup::Day;
    const std::size_t count = isTime ? rows.size() : std::min(rows.size(), kMaxNamed);
    for (std::size_t i = 0; i < count; ++i) {
        const QString name = rows[i].name.isEmpty()
                                 ? QCoreApplication::translate("Statistics", "(none)")
                                 : rows[i].name;
        contents.bars.push_back({name, partsOf(rows[i], measure)});
    }
    return contents;
}

QString statisticsTotal(const std::vector<StatisticsRow>& rows) {
    UsageSum sum;
    qint64 errors = 0;
    for (const StatisticsRow& row : rows) {
        sum.requests += row.usage.requests;
        sum.input += row.usage.prompt();
        sum.output += row.usage.output;
        sum.dollars += row.usage.dollars;
        sum.unpriced += row.usage.unpriced;
        errors += row.errors;
    }
    QStringList texts{
        QCoreApplication::translate("Statistics", "requests: %1").arg(countText(sum.requests)),
        QCoreApplication::translate("Statistics", "errors: %1").arg(countText(errors)),
        QCoreApplication::translate("Statistics", "tokens in: %1").arg(countText(sum.input)),
        QCoreApplication::translate("Statistics", "out: %1").arg(countText(sum.output))};
    if (sum.dollars > 0) texts += dollarText(sum.dollars);
    if (sum.unpriced > 0)
        texts += QCoreApplication::translate("Statistics", "of a model without a price: %1")
                     .arg(countText(sum.unpriced));
    return texts.join(QStringLiteral(" · "));
}

} // namespace sallyport
