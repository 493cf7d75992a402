// SPDX-License-Identifier: MIT
#include "ui/detail/outputrate.h"

#include <algorithm>

namespace sallyport {

void OutputRate::add(qint64 atMicros, qint64 tokens) {
    m_samples.push_back({atMicros, tokens});
    // One sample at the edge of the window or before it stays, as what the others grew from.
    while (m_samples.size() > 2 && m_samples[1].atMicros <= atMicros - kWindow)
        m_samples.pop_front();
}

double OutputRate::perSecond(qint64 nowMicros) const {
    if (m_samples.size() < 2) return 0;
    const auto first =
        std::find_if(m_samples.begin(), m_samples.end() - 1, [nowMicros](const Sample& sample) {
            return sample.atMicros >= nowMicros - kWindow;
        });
    const Sample& last = m_samples.back();
    const qint64 tokens = last.tokens - first->tokens;
    const qint64 micros = std::max<qint64>(nowMicros - first->atMicros, 1);
    return static_cast<double>(tokens) * 1e6 / static_cast<double>(micros);
}

} // namespace sallyport
