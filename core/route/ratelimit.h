// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace sallyport {

/// `rate`: so many requests in a time on average, and at most `burst` at once.
struct Rate {
    int requests = 1;
    std::chrono::milliseconds per{1000};
    int burst = 1;
    friend bool operator==(const Rate&, const Rate&) = default;
};

/// `in_flight`: how many requests may be with an upstream at once, and how many wait for that.
struct InFlightLimit {
    int places = 1;
    int queue = 64; ///< requests that wait; more are refused
    std::chrono::milliseconds wait{30'000};
    friend bool operator==(const InFlightLimit&, const InFlightLimit&) = default;
};

} // namespace sallyport
