// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectreport.h"

#include <QString>

namespace sallyport {

/// How Claude Code's settings and the listener stand to each other.
struct ClaudeCodeState {
    bool isConnected = false; ///< every key holds what Sallyport would write now
    bool canUndo = false;     ///< Sallyport has written into the settings
    QString baseUrl;          ///< what the settings hold; empty when the key is missing
    QString ownUrl;           ///< where Sallyport listens; empty while it does not

    /// Sallyport wrote the settings, and they lead to this machine still.
    [[nodiscard]] bool leadsHere() const;
    friend bool operator==(const ClaudeCodeState&, const ClaudeCodeState&) = default;
};

[[nodiscard]] ClaudeCodeState claudeCodeState(const ConnectStatus& status, const QString& ownUrl);

} // namespace sallyport
