// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"

#include <chrono>
#include <cstddef>
#include <vector>

namespace sallyport {

/// Which of several keys of an upstream is used: one as long as it is well, since prompt caches
/// belong to a key, then the next one in order. One that was refused for its rate rests.
class KeyRotation {
public:
    explicit KeyRotation(std::size_t keys)
        : m_restUntil(keys) {}

    /// All keys, in the order in which they are to be tried: those that rest come last, the one
    /// that rests shortest first.
    [[nodiscard]] std::vector<std::size_t> order(Monotonic now) const;
    [[nodiscard]] bool rests(std::size_t key, Monotonic now) const {
        return m_restUntil[key] > now;
    }
    /// It is not used for `time`, if there is another one; the next one takes its place.
    void rest(std::size_t key, std::chrono::milliseconds time, Monotonic now);
    /// It was refused altogether (401): the next one takes its place.
    void pass(std::size_t key);

private:
    std::vector<Monotonic> m_restUntil;
    std::size_t m_current = 0;
};

} // namespace sallyport
