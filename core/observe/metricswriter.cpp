// SPDX-License-Identifier: MIT
#include "core/observe/metricswriter.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sallyport {

namespace {

/// In the value of a label: `\`, `"` and the line end.
void appendEscaped(QByteArray& out, QByteArrayView text) {
    for (const char c : text) {
        if (c == '\\' || c == '"')
            out.append('\\').append(c);
        else if (c == '\n')
            out.append("\\n");
        else
            out.append(c);
    }
}

} // namespace

QByteArray metricNumber(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end - digits.data()};
}

void MetricsWriter::begin(QByteArrayView name, QByteArrayView type, QByteArrayView help) {
    m_name = name.toByteArray();
    m_isCounter = type == "counter";
    const bool isLong = m_isCounter && m_format == MetricsFormat::Prometheus;
    QByteArray family = m_name;
    if (isLong) family.append("_total");
    m_out.append("# HELP ").append(family).append(' ').append(help).append('\n');
    m_out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
}

void MetricsWriter::counter(QByteArrayView name, QByteArrayView help) {
    begin(name, "counter", help);
}

void MetricsWriter::gauge(QByteArrayView name, QByteArrayView help) { begin(name, "gauge", help); }

void MetricsWriter::histogram(QByteArrayView name, QByteArrayView help) {
    begin(name, "histogram", help);
}

void MetricsWriter::write(QByteArrayView suffix, const Labels& labels, double value) {
    m_out.append(m_name).append(m_isCounter ? QByteArrayView("_total") : suffix);
    char before = '{';
    for (const auto& [name, text] : labels) {
        m_out.append(before).append(name).append("=\"");
        appendEscaped(m_out, text);
        m_out.append('"');
        before = ',';
    }
    if (before == ',') m_out.append('}');
    m_out.append(' ').append(metricNumber(value)).append('\n');
}

QByteArray MetricsWriter::finish() {
    if (m_format == MetricsFormat::OpenMetrics) m_out.append("# EOF\n");
    return std::move(m_out);
}

} // namespace sallyport
