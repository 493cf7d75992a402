// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace sallyport {

/// Which file of Claude Code is edited. Shell and session targets follow in a later version.
enum class SettingsTarget {
    Claude,  ///< `$CLAUDE_CONFIG_DIR/settings.json`, else `~/.claude/settings.json`
    Project, ///< `.claude/settings.local.json` of the working folder
};

/// The files of Claude Code that matter to a connection, and the NO_PROXY that it would replace.
struct SettingsPaths {
    QString settingsFile;      ///< the one that is edited
    QStringList strongerFiles; ///< whose values win over it, strongest first
    QString noProxy;           ///< NO_PROXY of the process; what we write would hide it
    /// What Claude Code remembers by itself: `.claude.json` in `$CLAUDE_CONFIG_DIR`, else in the
    /// home folder. Empty: undo does not look at it.
    QString clientStateFile{};

    /// From this process's variables and working folder.
    [[nodiscard]] static SettingsPaths fromEnvironment(SettingsTarget target);
};

/// The path with symbolic links resolved as far as it exists; what it names, however spelled.
[[nodiscard]] QString resolvedPath(const QString& path);

} // namespace sallyport
