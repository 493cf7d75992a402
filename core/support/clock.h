// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace sallyport {

using Monotonic = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

/// The source of time, so that a test can replace it.
class Clock {
public:
    virtual ~Clock() = default;
    /// Monotonic time, for durations.
    [[nodiscard]] virtual Monotonic now() const = 0;
    /// Time of day, for display.
    [[nodiscard]] virtual WallTime wallNow() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Monotonic now() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] WallTime wallNow() const override { return std::chrono::system_clock::now(); }
};

/// A clock that moves only by advance(); for tests.
class ManualClock final : public Clock {
public:
    [[nodiscard]] Monotonic now() const override { return m_now; }
    [[nodiscard]] WallTime wallNow() const override { return m_wall; }
    void advance(std::chrono::microseconds by) {
        m_now += by;
        m_wall += by;
    }

private:
    Monotonic m_now{std::chrono::hours(1)};
    WallTime m_wall{std::chrono::hours(24 * 20000)};
};

} // namespace sallyport
