// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1String>

#include <array>
#include <optional>

namespace sallyport {

/// What is pointed at Sallyport.
enum class ClientTarget {
    Session,   ///< one terminal: nothing is written
    Claude,    ///< `$CLAUDE_CONFIG_DIR/settings.json`, else `~/.claude/settings.json`
    Project,   ///< `.claude/settings.local.json` of the working folder
    Shell,     ///< new shells: files of bash, zsh, fish and PowerShell
    Graphical, ///< programs of the next session: `~/.config/environment.d`
    VsCode,    ///< `claudeCode.environmentVariables` in the settings of VS Code and its kin
};

/// All of them, from the one that changes least to the one that changes most.
inline constexpr std::array kClientTargets{ClientTarget::Session, ClientTarget::Claude,
                                           ClientTarget::Project, ClientTarget::VsCode,
                                           ClientTarget::Shell,   ClientTarget::Graphical};

/// The word of the command line: `session`, `claude`, `project`, `shell`, `graphical`, `vscode`.
[[nodiscard]] QLatin1String targetName(ClientTarget target);
[[nodiscard]] std::optional<ClientTarget> targetOfName(QLatin1String name);

} // namespace sallyport
