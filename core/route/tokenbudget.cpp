// SPDX-License-Identifier: MIT
#include "core/route/tokenbudget.h"

#include <algorithm>

namespace sallyport {

namespace {

qint64 dayOf(WallTime now) {
    return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
}

} // namespace

void TokenBudget::add(qint64 tokens, WallTime now) {
    m_used = usedAt(now) + std::max<qint64>(tokens, 0);
    m_day = dayOf(now);
}

qint64 TokenBudget::usedAt(WallTime now) const { return dayOf(now) == m_day ? m_used : 0; }

int TokenBudget::secondsToNextDay(WallTime now) {
    const auto next = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(next - now).count());
}

} // namespace sallyport
