// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <utility>

namespace sallyport {

/// Prometheus text exposition 0.0.4, or OpenMetrics 1.0.
enum class MetricsFormat { Prometheus, OpenMetrics };

/// Writes metric families as text. Names and labels are ours; values of labels are escaped.
class MetricsWriter {
public:
    using Labels = std::initializer_list<std::pair<QByteArrayView, QByteArrayView>>;

    explicit MetricsWriter(MetricsFormat format)
        : m_format(format) {}

    /// Begins a family; samples follow. A counter is named without `_total`, which its samples
    /// have in both formats and its head in the first one only.
    void counter(QByteArrayView name, QByteArrayView help);
    void gauge(QByteArrayView name, QByteArrayView help);
    void histogram(QByteArrayView name, QByteArrayView help);

    /// A sample of the family; of a counter with `_total` put behind its name.
    void sample(const Labels& labels, double value) { write({}, labels, value); }
    /// A sample of a histogram; `suffix` is `_bucket`, `_sum` or `_count`.
    void part(QByteArrayView suffix, const Labels& labels, double value) {
        write(suffix, labels, value);
    }
    /// The text, with what stands at its end.
    [[nodiscard]] QByteArray finish();

private:
    void begin(QByteArrayView name, QByteArrayView type, QByteArrayView help);
    void write(QByteArrayView suffix, const Labels& labels, double value);

    MetricsFormat m_format;
    QByteArray m_name;
    bool m_isCounter = false;
    QByteArray m_out;
};

/// A number as both formats have it: the shortest digits that are the same number again.
[[nodiscard]] QByteArray metricNumber(double value);

} // namespace sallyport
