// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace sallyport {

/// How a group chooses among the targets that can take a request.
enum class BalancePolicy {
    Failover,    ///< the first one of the file
    RoundRobin,  ///< in turn by weight, smoothly: no target gets its share in one run
    LeastActive, ///< fewest exchanges under way for its weight
};

/// `health:` of an upstream, active probes.
struct HealthRules {
    QByteArray path; ///< asked by GET, below the base path of the target; 2xx and 3xx are well
    std::chrono::milliseconds every{10'000};
    int fall = 3; ///< failed probes in a row that take a target out
    int rise = 2; ///< good probes in a row that bring it back
    friend bool operator==(const HealthRules&, const HealthRules&) = default;
};

/// `breaker:` of an upstream.
struct BreakerRules {
    int failures = 5;          ///< at least so many failed requests within the window, …
    int errorRatePercent = 50; ///< … that are at least this part of its requests, open it
    std::chrono::milliseconds window{30'000};
    std::chrono::milliseconds openFor{30'000}; ///< then one request tries
    friend bool operator==(const BreakerRules&, const BreakerRules&) = default;
};

/// How the targets of one upstream are chosen and judged.
struct BalanceRules {
    BalancePolicy policy = BalancePolicy::Failover;
    std::optional<HealthRules> health;   ///< none: no probes
    std::optional<BreakerRules> breaker; ///< none: it never opens
    friend bool operator==(const BalanceRules&, const BalanceRules&) = default;
};

} // namespace sallyport
