// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"

#include <QtGlobal>

namespace sallyport {

/// `tokens_per_day` of one client: what was used on the present day of UTC.
class TokenBudget {
public:
    /// What the responses of one request told.
    void add(qint64 tokens, WallTime now);
    [[nodiscard]] qint64 usedAt(WallTime now) const;
    /// Seconds from `now` until the next day begins; at least 1.
    [[nodiscard]] static int secondsToNextDay(WallTime now);

private:
    qint64 m_day = 0; ///< days since 1970-01-01
    qint64 m_used = 0;
};

} // namespace sallyport
