// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"

namespace sallyport {

/// The machine's own clocks; now() goes on while the machine is suspended, where the system has
/// such a clock (Linux: CLOCK_BOOTTIME). What was to be used for ten minutes is over after a night.
/// Not to be compared with times of another clock.
class BootClock final : public Clock {
public:
    [[nodiscard]] Monotonic now() const override;
    [[nodiscard]] WallTime wallNow() const override { return std::chrono::system_clock::now(); }
};

} // namespace sallyport
