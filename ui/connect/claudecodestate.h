// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectreport.h"
#include "core/engine/engine.h"

#include <QString>

namespace sallyport {

/// How Claude Code's settings and the listener stand to each other.
struct ClaudeCodeState {
    bool isConnected = false; ///< every key holds what Sallyport would write now
    bool canUndo = false;     ///< Sallyport has written into the settings
    QString baseUrl;          ///< what the settings lead to, by either mode; empty when to nothing
    QString ownUrl;           ///< where Sallyport listens; empty while it does not

    /// Sallyport wrote the settings, and they lead to this machine still.
    [[nodiscard]] bool leadsHere() const;
    friend bool operator==(const ClaudeCodeState&, const ClaudeCodeState&) = default;
};

/// Whether Claude Code's settings are to follow Sallyport to the port that it listens on now: the
/// one that they lead to was taken by another process. Else a changed address is asked about.
[[nodiscard]] bool followsFreePort(const EngineStatus& before, const EngineStatus& after,
                                   const ClaudeCodeState& claude);

[[nodiscard]] ClaudeCodeState claudeCodeState(const ConnectStatus& status, const QString& ownUrl);

} // namespace sallyport
