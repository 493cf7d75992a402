// SPDX-License-Identifier: MIT
#include "core/support/tokenbucket.h"

#include <algorithm>

namespace sallyport {

TokenBucket::TokenBucket(Rate rate)
    : m_rate(rate)
    , m_each(std::chrono::nanoseconds(rate.per) / rate.requests) {}

std::chrono::nanoseconds TokenBucket::waitAt(Monotonic now) const {
    const std::chrono::nanoseconds lacking = std::max(m_full, now) - now;
    const std::chrono::nanoseconds allowed = m_each * (m_rate.burst - 1);
    return std::max(lacking - allowed, std::chrono::nanoseconds::zero());
}

void TokenBucket::take(Monotonic now) { m_full = std::max(m_full, now) + m_each; }

} // namespace sallyport
