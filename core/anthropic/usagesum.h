// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/usage.h"

#include <optional>

namespace sallyport {

/// Tokens and cost of several exchanges together.
struct UsageSum {
    qint64 requests = 0;
    qint64 input = 0; ///< without the cache
    qint64 output = 0;
    qint64 cacheRead = 0;
    qint64 cacheWritten = 0;
    double dollars = 0;  ///< of those whose model has a price
    qint64 unpriced = 0; ///< exchanges with tokens whose model has none
    friend bool operator==(const UsageSum&, const UsageSum&) = default;

    void add(const Usage& usage, const std::optional<double>& cost) {
        ++requests;
        input += usage.input.value_or(0);
        output += usage.output.value_or(0);
        cacheRead += usage.cacheRead.value_or(0);
        cacheWritten += usage.cacheWritten.value_or(0);
        dollars += cost.value_or(0);
        if (!cost && (usage.input || usage.output)) ++unpriced;
    }
    /// All that went in, with the cache.
    [[nodiscard]] qint64 prompt() const { return input + cacheRead + cacheWritten; }
};

} // namespace sallyport
