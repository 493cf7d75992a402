// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace sallyport {

/// How far a message has come that streams.
struct StreamProgress {
    enum class Block { None, Text, Thinking, ToolCall };
    Block block = Block::None; ///< the one that began last; None: of another kind, or none yet
    qint64 outputTokens = 0;   ///< estimated (TokenEstimator) from the texts of all blocks
    friend bool operator==(const StreamProgress&, const StreamProgress&) = default;
};

} // namespace sallyport
