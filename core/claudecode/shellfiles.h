// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/shellassignments.h"
#include "core/claudecode/textconnector.h"

#include <vector>

namespace sallyport {

/// Where shells and the session look for their files.
struct ShellPlaces {
    QString home;
    QString configHome; ///< `$XDG_CONFIG_HOME`, else `~/.config`
    QString zshFolder;  ///< `$ZDOTDIR`, else the home folder
    QString stateDir;   ///< ours: the files with the variables

    [[nodiscard]] static ShellPlaces fromEnvironment(const QString& stateDir);
};

/// The shells that are installed or have files of their own, among those that shellFiles() knows.
[[nodiscard]] std::vector<Shell> shellsInUse(const ShellPlaces& places);

/// What makes new shells have the variables: a file of ours and a marked block that reads it
/// (`~/.bashrc`, `.zshrc`, PowerShell's profile), for fish one in `conf.d`. The block does nothing
/// where our file is gone. A file of ours comes before the block that reads it.
[[nodiscard]] std::vector<TextFile> shellFiles(const std::vector<Shell>& shells,
                                               const ShellPlaces& places,
                                               const std::vector<Variable>& variables);

/// What makes programs of the next session have them: environment.d(5) of systemd.
[[nodiscard]] TextFile sessionFile(const ShellPlaces& places,
                                   const std::vector<Variable>& variables);

} // namespace sallyport
