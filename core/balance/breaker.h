// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/balancerules.h"
#include "core/support/clock.h"

#include <QString>

#include <array>
#include <optional>

namespace sallyport {

/// The circuit breaker of one target: counts how requests end in a sliding window, opens when too
/// many fail, and after a time lets one request through whose end decides. Without rules it stays
/// closed. Pure: the time is given to each call and never goes back.
class Breaker {
public:
    enum class State { Closed, Open, HalfOpen };
    /// Parts of the window; what is older than the window goes by one part at a time.
    static constexpr int kParts = 10;

    /// From now on; other rules close it and forget what was counted.
    void setRules(const std::optional<BreakerRules>& rules);
    [[nodiscard]] State state(Monotonic now) const;
    /// Whether a request may be sent: closed, or half-open without a probe under way.
    [[nodiscard]] bool admits(Monotonic now) const;
    /// A request is sent; true when it is the probe of a half-open breaker. Only where admits().
    [[nodiscard]] bool begin(Monotonic now);
    /// The probe got a good response: closed, with an empty window.
    void probeSucceeded();
    /// The probe ended without a result; the next request is one.
    void probeAbandoned() { m_hasProbe = false; }
    /// How a request ended. Ignored while it is not closed, but for a probe that failed.
    void succeeded(Monotonic now);
    void failed(Monotonic now, const QString& reason, bool isProbe);
    /// The latest success was none after all.
    void amend(Monotonic now, const QString& reason);
    /// Why it opened, in words; empty while it is closed.
    [[nodiscard]] const QString& reason() const { return m_reason; }
    /// When it lets a request through at the earliest; `now` where it does.
    [[nodiscard]] Monotonic opensUpAt(Monotonic now) const;

private:
    struct Part {
        qint64 index = -1; ///< of the part of time that it counts
        int requests = 0;
        int failures = 0;
    };
    [[nodiscard]] Part& partAt(Monotonic now);
    [[nodiscard]] Part sum(Monotonic now) const;
    [[nodiscard]] qint64 indexAt(Monotonic now) const;
    void openIfTooMany(Monotonic now, const QString& last);
    void open(Monotonic now, const QString& reason);
    void close();

    std::optional<BreakerRules> m_rules;
    std::array<Part, kParts> m_parts{};
    std::optional<Monotonic> m_openUntil; ///< none: closed
    bool m_hasProbe = false;
    QString m_reason;
};

} // namespace sallyport
