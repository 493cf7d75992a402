// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace sallyport {

/// What this process has used; absent where the system does not tell.
struct ProcessUsage {
    std::optional<double> cpuSeconds; ///< user and system
    std::optional<qint64> residentBytes;
    std::optional<int> openDescriptors;
};

[[nodiscard]] ProcessUsage processUsage();

} // namespace sallyport
