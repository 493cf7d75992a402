// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace sallyport {

/// Token counts of one Messages exchange; absent where the response did not say.
struct Usage {
    std::optional<qint64> input;
    std::optional<qint64> output;
    std::optional<qint64> cacheRead;
    std::optional<qint64> cacheWritten;
    friend bool operator==(const Usage&, const Usage&) = default;

    /// What counts for a budget: input, output, and what was written to the prompt cache. What was
    /// read from it does not.
    [[nodiscard]] qint64 counted() const {
        return input.value_or(0) + output.value_or(0) + cacheWritten.value_or(0);
    }
};

} // namespace sallyport
