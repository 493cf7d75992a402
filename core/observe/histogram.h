// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/metricswriter.h"

#include <array>

namespace sallyport {

/// Times of exchanges, counted by upper bounds from 5 ms to 10 minutes.
class Histogram {
public:
    static constexpr std::array<double, 16> kBounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                                    2.5,   5,    10,    30,   60,  120,  300, 600};

    void add(qint64 micros);
    /// Its samples with a label `route`; nothing where nothing was added.
    void write(MetricsWriter& out, QByteArrayView route) const;

private:
    std::array<quint64, kBounds.size() + 1> m_counts{}; ///< not cumulative; the last: above all
    quint64 m_count = 0;
    double m_sum = 0; ///< seconds
};

} // namespace sallyport
