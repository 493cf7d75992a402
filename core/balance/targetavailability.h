// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/balancerules.h"
#include "core/support/clock.h"

#include <QString>

#include <optional>

namespace sallyport {

/// What is known of one target beside its breaker: whether active probes have taken it out, and
/// until when it is passed over, because it could not be connected to or asked for a pause. After
/// a failed connection one request tries it, and the others wait for what becomes of that. Pure:
/// the time is given to each call.
class TargetAvailability {
public:
    /// A target that could not be connected to is passed over for so long, or until a good probe.
    static constexpr std::chrono::milliseconds kUnreachableFor{10'000};
    /// A 429 or 529 that does not say for how long.
    static constexpr std::chrono::milliseconds kUsualCooling{5'000};
    /// More than this is not believed: a target must not go for a day by one field.
    static constexpr std::chrono::milliseconds kMostCooling{600'000};

    /// From now on; without rules no probe can keep it out.
    void setRules(const std::optional<HealthRules>& rules);

    void probeSucceeded();
    void probeFailed(const QString& reason);
    /// A request goes there; true when it is the one that tries an unreachable target again.
    [[nodiscard]] bool begin(Monotonic now);
    /// That one ended without having tried.
    void trialAbandoned() { m_hasTrial = false; }
    void connectFailed(Monotonic now, const QString& reason);
    void connectWorked();
    /// The target asked for a pause (Retry-After, 429, 529); none said: kUsualCooling.
    void cool(Monotonic now, std::optional<std::chrono::milliseconds> asked, const QString& reason);

    /// Out by active probes.
    [[nodiscard]] bool isDown() const { return m_isDown; }
    [[nodiscard]] bool isUnreachable(Monotonic now) const {
        return m_isUnreachable && (m_hasTrial || now < m_unreachableUntil);
    }
    [[nodiscard]] bool isCooling(Monotonic now) const { return now < m_coolingUntil; }
    /// Until when others go before it; `now` or earlier: not any more.
    [[nodiscard]] Monotonic passedOverUntil() const;
    /// Why it is down, unreachable or cooling, in words; empty otherwise.
    [[nodiscard]] QString reason(Monotonic now) const;

private:
    std::optional<HealthRules> m_rules;
    int m_failedProbes = 0; ///< in a row
    int m_goodProbes = 0;   ///< in a row
    bool m_isDown = false;
    bool m_isUnreachable = false; ///< the latest connection to it failed
    bool m_hasTrial = false;
    Monotonic m_unreachableUntil{};
    Monotonic m_coolingUntil{};
    QString m_downReason;
    QString m_unreachableReason;
    QString m_coolingReason;
};

} // namespace sallyport
