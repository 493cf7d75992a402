// SPDX-License-Identifier: MIT
#include "core/support/bootclock.h"

#include <QtGlobal>

#include <ctime>

namespace sallyport {

Monotonic BootClock::now() const {
#ifdef Q_OS_LINUX
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return Monotonic(std::chrono::duration_cast<Monotonic::duration>(
            std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec)));
#endif
    return std::chrono::steady_clock::now();
}

} // namespace sallyport
