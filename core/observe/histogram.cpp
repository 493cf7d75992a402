// SPDX-License-Identifier: MIT
#include "core/observe/histogram.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr double kMicrosPerSecond = 1e6;

/// With a fraction always: OpenMetrics asks for it, and a bound has one name in both formats.
QByteArray boundText(double bound) {
    QByteArray text = metricNumber(bound);
    if (!text.contains('.')) text.append(".0");
    return text;
}

} // namespace

void Histogram::add(qint64 micros) {
    const double seconds = static_cast<double>(micros) / kMicrosPerSecond;
    const auto place = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
    ++m_counts[static_cast<std::size_t>(place - kBounds.begin())];
    ++m_count;
    m_sum += seconds;
}

void Histogram::write(MetricsWriter& out, QByteArrayView route) const {
    if (m_count == 0) return;
    quint64 sum = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        sum += m_counts[i];
        out.part("_bucket", {{"route", route}, {"le", boundText(kBounds[i])}},
                 static_cast<double>(sum));
    }
    out.part("_bucket", {{"route", route}, {"le", "+Inf"}}, static_cast<double>(m_count));
    out.part("_sum", {{"route", route}}, m_sum);
    out.part("_count", {{"route", route}}, static_cast<double>(m_count));
}

} // namespace sallyport
