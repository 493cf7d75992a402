// SPDX-License-Identifier: MIT
#include "core/balance/targetlease.h"

#include "core/balance/failurestatus.h"

namespace sallyport {

TargetLease::TargetLease(std::shared_ptr<TargetState> state, std::size_t target, Monotonic now)
    : m_state(std::move(state))
    , m_target(target)
    , m_isActive(true)
    , m_isProbe(m_state->breaker.begin(now))
    , m_isTrial(m_state->marks.begin(now)) {
    ++m_state->active;
    m_state->tell(now);
}

TargetLease& TargetLease::operator=(TargetLease&& other) noexcept {
    if (this == &other) return *this;
    release();
    m_state = std::move(other.m_state);
    m_target = other.m_target;
    m_isActive = other.m_isActive;
    m_isProbe = other.m_isProbe;
    m_isTrial = other.m_isTrial;
    m_isCounted = other.m_isCounted;
    return *this;
}

void TargetLease::release() {
    if (!m_state || !m_isActive) return;
    m_isActive = false;
    --m_state->active;
    if (m_isProbe) m_state->breaker.probeAbandoned();
    if (m_isTrial) m_state->marks.trialAbandoned();
}

void TargetLease::fail(Monotonic now, const QString& reason) {
    if (m_isCounted) return;
    m_isCounted = true;
    m_state->breaker.failed(now, reason, m_isProbe);
    m_isProbe = false;
}

void TargetLease::connectWorked() {
    if (!m_isActive) return;
    m_state->marks.connectWorked();
    m_isTrial = false;
}

void TargetLease::connectFailed(Monotonic now, const QString& reason) {
    if (!m_isActive) return;
    m_state->marks.connectFailed(now, reason);
    m_isTrial = false;
    fail(now, reason);
    m_state->tell(now);
    release();
}

void TargetLease::responded(Monotonic now, int status,
                            std::optional<std::chrono::milliseconds> pause) {
    if (!m_isActive) return;
    connectWorked();
    const bool mayPause = asksForPause(status, pause.has_value());
    if (mayPause || isFailureStatus(status)) {
        const QString said = QStringLiteral("status %1").arg(status);
        if (mayPause) m_state->marks.cool(now, pause, said);
        if (isFailureStatus(status)) fail(now, said);
    }
    // At the head: a stream of minutes would keep all others waiting.
    if (m_isProbe) m_state->breaker.probeSucceeded();
    m_isProbe = false;
    m_state->tell(now);
}

void TargetLease::completed(Monotonic now) {
    if (!m_isActive) return;
    if (!m_isCounted) m_state->breaker.succeeded(now);
    m_isCounted = true;
    release();
}

void TargetLease::failed(Monotonic now, const QString& reason) {
    if (!m_isActive) return;
    fail(now, reason);
    m_state->tell(now);
    release();
}

void TargetLease::amend(Monotonic now, const QString& reason) {
    if (!m_state || m_isActive) return;
    m_state->breaker.amend(now, reason);
    m_state->tell(now);
}

} // namespace sallyport
