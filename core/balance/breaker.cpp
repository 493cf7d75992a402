// SPDX-License-Identifier: MIT
#include "core/balance/breaker.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kPercent = 100;
constexpr int kMillisPerSecond = 1000;

QString inWords(std::chrono::milliseconds time) {
    return time.count() % kMillisPerSecond == 0
               ? QStringLiteral("%1 s").arg(time.count() / kMillisPerSecond)
               : QStringLiteral("%1 ms").arg(time.count());
}

} // namespace

void Breaker::setRules(const std::optional<BreakerRules>& rules) {
    if (rules == m_rules) return;
    m_rules = rules;
    close();
}

Breaker::State Breaker::state(Monotonic now) const {
    if (!m_openUntil) return State::Closed;
    return now < *m_openUntil ? State::Open : State::HalfOpen;
}

bool Breaker::admits(Monotonic now) const {
    switch (state(now)) {
    case State::Closed: return true;
    case State::Open: return false;
    case State::HalfOpen: return !m_hasProbe;
    }
    Q_UNREACHABLE();
}

bool Breaker::begin(Monotonic now) {
    if (state(now) != State::HalfOpen) return false;
    m_hasProbe = true;
    return true;
}

void Breaker::probeSucceeded() { close(); }

void Breaker::succeeded(Monotonic now) {
    if (!m_rules || m_openUntil) return;
    ++partAt(now).requests;
}

void Breaker::failed(Monotonic now, const QString& reason, bool isProbe) {
    if (!m_rules) return;
    if (isProbe) {
        open(now, QStringLiteral("the request that tried it failed: %1").arg(reason));
        return;
    }
    // Requests that began before it opened say nothing new.
    if (m_openUntil) return;
    Part& part = partAt(now);
    ++part.requests;
    ++part.failures;
    openIfTooMany(now, reason);
}

void Breaker::amend(Monotonic now, const QString& reason) {
    if (!m_rules || m_openUntil) return;
    Part& part = partAt(now);
    part.requests = std::max(part.requests, part.failures + 1);
    ++part.failures;
    openIfTooMany(now, reason);
}

Monotonic Breaker::opensUpAt(Monotonic now) const {
    return m_openUntil ? std::max(now, *m_openUntil) : now;
}

qint64 Breaker::indexAt(Monotonic now) const {
    const auto part =
        std::max(std::chrono::nanoseconds(m_rules->window) / kParts, std::chrono::nanoseconds(1));
    return now.time_since_epoch() / part;
}

Breaker::Part& Breaker::partAt(Monotonic now) {
    const qint64 index = indexAt(now);
    Part& part = m_parts[static_cast<std::size_t>(index % kParts)];
    if (part.index != index) part = {index, 0, 0};
    return part;
}

Breaker::Part Breaker::sum(Monotonic now) const {
    const qint64 index = indexAt(now);
    Part sum;
    for (const Part& part : m_parts) {
        if (part.index < 0 || part.index <= index - kParts) continue;
        sum.requests += part.requests;
        sum.failures += part.failures;
    }
    return sum;
}

void Breaker::openIfTooMany(Monotonic now, const QString& last) {
    const Part all = sum(now);
    if (all.failures < m_rules->failures) return;
    if (qint64{all.failures} * kPercent < qint64{all.requests} * m_rules->errorRatePercent) return;
    open(now, QStringLiteral("%1 of %2 requests failed within %3, the last one: %4")
                  .arg(all.failures)
                  .arg(all.requests)
                  .arg(inWords(m_rules->window), last));
}

void Breaker::open(Monotonic now, const QString& reason) {
    m_openUntil = now + m_rules->openFor;
    m_hasProbe = false;
    m_reason = reason;
}

void Breaker::close() {
    m_parts = {};
    m_openUntil.reset();
    m_hasProbe = false;
    m_reason.clear();
}

} // namespace sallyport
