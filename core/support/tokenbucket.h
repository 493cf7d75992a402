// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"

#include <chrono>

namespace sallyport {

/// So many requests in a time on average, and at most `burst` at once.
struct Rate {
    int requests = 1;
    std::chrono::milliseconds per{1000};
    int burst = 1;
    friend bool operator==(const Rate&, const Rate&) = default;
};

/// A token bucket: holds `burst` tokens at first and at most, and gets `requests` of them in each
/// `per`, evenly. A request takes one. Kept as the one moment at which the bucket is full again, so
/// that nothing is lost to rounding, however often it is asked.
class TokenBucket {
public:
    explicit TokenBucket(Rate rate);

    [[nodiscard]] const Rate& rate() const { return m_rate; }
    /// How long until there is a token; zero: there is one now.
    [[nodiscard]] std::chrono::nanoseconds waitAt(Monotonic now) const;
    /// Takes one; waitAt() is zero.
    void take(Monotonic now);
    /// The same as a new one.
    [[nodiscard]] bool isFull(Monotonic now) const { return m_full <= now; }

private:
    Rate m_rate;
    std::chrono::nanoseconds m_each;
    Monotonic m_full{}; ///< when all tokens are there again
};

} // namespace sallyport
