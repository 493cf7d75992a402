// SPDX-License-Identifier: MIT
#include "core/balance/targetstate.h"

#include <atomic>

namespace sallyport {

namespace {

quint64 nextId() {
    static std::atomic<quint64> last{0};
    return ++last;
}

} // namespace

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

TargetState::TargetState(QString name)
    : m_id(nextId())
    , m_name(std::move(name)) {}

TargetCondition TargetState::condition(Monotonic now) const {
    if (marks.isDown()) return TargetCondition::Down;
    switch (breaker.state(now)) {
    case Breaker::State::Open: return TargetCondition::BreakerOpen;
    case Breaker::State::HalfOpen: return TargetCondition::HalfOpen;
    case Breaker::State::Closed: break;
    }
    if (marks.isUnreachable(now)) return TargetCondition::Unreachable;
    return marks.isCooling(now) ? TargetCondition::Cooling : TargetCondition::Up;
}

TargetStatus TargetState::status(Monotonic now) const {
    const TargetCondition is = condition(now);
    const bool isByBreaker = is == TargetCondition::BreakerOpen || is == TargetCondition::HalfOpen;
    return {m_name, is, isByBreaker ? breaker.reason() : marks.reason(now), active};
}

bool TargetState::canTake(Monotonic now) const { return !marks.isDown() && breaker.admits(now); }

bool TargetState::isPreferred(Monotonic now) const {
    return canTake(now) && !marks.isUnreachable(now) && !marks.isCooling(now);
}

void TargetState::tell(Monotonic now) {
    const TargetCondition is = condition(now);
    if (is == m_told) return;
    m_told = is;
    if (changed) changed(status(now));
}

} // namespace sallyport
