// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace sallyport {

/// Exchanges of a second whose fields and contents are kept where no window shows them.
inline constexpr int kContentsPerSecond = 250;

/// `history` of `settings.yaml`: what is kept, and for how long.
struct HistoryLimits {
    bool isEnabled = true;
    std::chrono::milliseconds metadata = std::chrono::hours(24 * 30);
    std::chrono::milliseconds bodies = std::chrono::hours(24); ///< fields and contents; 0: none
    qint64 maxSize = qint64{512} * 1024 * 1024; ///< bytes of the file that are in use
    friend bool operator==(const HistoryLimits&, const HistoryLimits&) = default;
};

} // namespace sallyport
