// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/clienttarget.h"

#include <QString>
#include <QStringList>

namespace sallyport {

/// The files of Claude Code that matter to a connection, and the NO_PROXY that it would replace.
struct SettingsPaths {
    QString settingsFile;      ///< the one that is edited
    QStringList strongerFiles; ///< whose values win over it, strongest first
    QString noProxy;           ///< NO_PROXY of the process; what we write would hide it
    /// What Claude Code remembers by itself: `.claude.json` in `$CLAUDE_CONFIG_DIR`, else in the
    /// home folder. Empty: undo does not look at it.
    QString clientStateFile{};
    /// The proxy that this process has been given; what we write would hide it.
    QString proxy{};
    /// Whose file it is: variables are in `env` of Claude Code's, in a list of VS Code's.
    enum class Form { ClaudeCode, VsCode } form = Form::ClaudeCode;

    /// From this process's variables and working folder; `target` is Claude or Project.
    [[nodiscard]] static SettingsPaths fromEnvironment(ClientTarget target);
    /// Of Claude Code's folder of another home, or another user's.
    [[nodiscard]] static SettingsPaths ofFolder(const QString& folder);
    /// Of a project that is kept in `folder`.
    [[nodiscard]] static SettingsPaths ofProject(const QString& folder);
    /// Of any settings file, by its path.
    [[nodiscard]] static SettingsPaths ofFile(const QString& settingsFile, Form form);
};

/// The path with symbolic links resolved as far as it exists; what it names, however spelled.
[[nodiscard]] QString resolvedPath(const QString& path);

} // namespace sallyport
