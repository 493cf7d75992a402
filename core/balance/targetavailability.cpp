// SPDX-License-Identifier: MIT
#include "core/balance/targetavailability.h"

#include <algorithm>

namespace sallyport {

void TargetAvailability::setRules(const std::optional<HealthRules>& rules) {
    if (rules == m_rules) return;
    m_rules = rules;
    m_failedProbes = m_goodProbes = 0;
    if (!rules) m_isDown = false;
}

void TargetAvailability::probeSucceeded() {
    connectWorked();
    m_failedProbes = 0;
    ++m_goodProbes;
    if (m_rules && m_goodProbes >= m_rules->rise) m_isDown = false;
}

void TargetAvailability::probeFailed(const QString& reason) {
    m_goodProbes = 0;
    ++m_failedProbes;
    if (!m_rules || m_failedProbes < m_rules->fall) return;
    m_isDown = true;
    m_downReason = QStringLiteral("%1 health probes failed in a row, the last one: %2")
                       .arg(m_failedProbes)
                       .arg(reason);
}

void TargetAvailability::connectFailed(Monotonic now, const QString& reason) {
    m_isUnreachable = true;
    m_hasTrial = false;
    m_unreachableUntil = now + kUnreachableFor;
    m_unreachableReason = reason;
}

bool TargetAvailability::begin(Monotonic now) {
    if (!m_isUnreachable || m_hasTrial || now < m_unreachableUntil) return false;
    m_hasTrial = true;
    return true;
}

void TargetAvailability::connectWorked() {
    m_isUnreachable = false;
    m_hasTrial = false;
    m_unreachableUntil = {};
}

void TargetAvailability::cool(Monotonic now, std::optional<std::chrono::milliseconds> asked,
                              const QString& reason) {
    const auto pause = std::min(asked.value_or(kUsualCooling), kMostCooling);
    // A shorter wish that comes later does not end a longer one.
    if (now + pause <= m_coolingUntil) return;
    m_coolingUntil = now + pause;
    m_coolingReason = reason;
}

Monotonic TargetAvailability::passedOverUntil() const {
    return std::max(m_unreachableUntil, m_coolingUntil);
}

QString TargetAvailability::reason(Monotonic now) const {
    if (m_isDown) return m_downReason;
    if (isUnreachable(now)) return m_unreachableReason;
    return isCooling(now) ? m_coolingReason : QString();
}

} // namespace sallyport
