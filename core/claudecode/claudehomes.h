// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace sallyport {

/// A folder with settings of Claude Code.
struct ClaudeHome {
    QString folder;           ///< absolute
    bool isOfThisUser = true; ///< else of Windows, seen from WSL
    friend bool operator==(const ClaudeHome&, const ClaudeHome&) = default;
};

/// The folders that Claude Code may use here, the one that this process's variables name first:
/// `$CLAUDE_CONFIG_DIR`, `~/.claude`, and those of Windows users below `windowsUsers` (WSL mounts
/// them at `/mnt/c/Users`). The first is listed whether it is there or not, others only when.
[[nodiscard]] std::vector<ClaudeHome>
claudeHomes(const QString& windowsUsers = QStringLiteral("/mnt/c/Users"));

} // namespace sallyport
