// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace sallyport {

/// Token counts of one Messages exchange; absent where the response did not say.
struct Usage {
    std::optional<qint64> input;
    std::optional<qint64> output;
    std::optional<qint64> cacheRead;
    std::optional<qint64> cacheWritten;
    friend bool operator==(const Usage&, const Usage&) = default;
};

} // namespace sallyport
