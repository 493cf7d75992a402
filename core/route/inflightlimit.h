// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace sallyport {

/// `in_flight`: how many requests may be with an upstream at once, and how many wait for that.
struct InFlightLimit {
    int places = 1;
    int queue = 64; ///< requests that wait; more are refused
    std::chrono::milliseconds wait{30'000};
    friend bool operator==(const InFlightLimit&, const InFlightLimit&) = default;
};

} // namespace sallyport
