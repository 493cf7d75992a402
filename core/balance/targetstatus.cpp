// SPDX-License-Identifier: MIT
#include "core/balance/targetstatus.h"

namespace sallyport {

QByteArrayView wordOf(TargetCondition condition) {
    switch (condition) {
    case TargetCondition::Up: return "up";
    case TargetCondition::Cooling: return "cooling";
    case TargetCondition::Unreachable: return "unreachable";
    case TargetCondition::HalfOpen: return "half_open";
    case TargetCondition::BreakerOpen: return "breaker_open";
    case TargetCondition::Down: return "down";
    }
    Q_UNREACHABLE();
}

} // namespace sallyport
