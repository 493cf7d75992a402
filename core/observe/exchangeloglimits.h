// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstddef>

namespace sallyport {

/// Bounds of what a log keeps in memory.
struct ExchangeLogLimits {
    std::size_t records = 10000;             ///< ended records; the oldest go first
    qint64 bodyBytes = 64 * 1024 * 1024;     ///< contents of all kept exchanges together
    qint64 bodyPerMessage = 4 * 1024 * 1024; ///< kept of one content; more is marked as cut
    std::size_t webSocketMessages = 1000;    ///< kept of one exchange; the oldest go first
    qint64 webSocketBytes = 512 * 1024;      ///< of their previews together, likewise
    bool keepsBodies = true;
    bool keepsFields = true; ///< off where nothing shows them: redaction is work for each request
    bool isAsked = false;    ///< fields and bodies only where the contents callback agrees
};

} // namespace sallyport
