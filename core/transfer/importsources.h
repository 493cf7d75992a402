// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/claudesourcesreader.h"
#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QString>

#include <vector>

namespace sallyport {

/// Where configurations of other programs are looked for.
struct ImportPlaces {
    QString home;                                 ///< absolute
    SettingsPaths claude;                         ///< of the target Claude
    std::map<QByteArray, QByteArray> environment; ///< the variables of the shell
    quint16 ownPort = 0; ///< what leads to it on this machine leads to Sallyport

    /// Of this process; the port is that of the configuration in `configDir`.
    [[nodiscard]] static ImportPlaces ofProcess(const QString& configDir);
};

/// The configurations that are there, each with what it has or why it cannot be read: the set-up of
/// Claude Code that runs now, cc-switch, claude-code-router. Blocking I/O of small files.
[[nodiscard]] std::vector<ImportSource> findImports(const ImportPlaces& places);

/// A file that `config export` wrote, or a `routes.yaml`. The error is a sentence that names it.
[[nodiscard]] Result<ImportSource, QString> readExport(const QString& file);

/// `claude-code`, `cc-switch`, `claude-code-router`: the words of the command line.
[[nodiscard]] QString importOriginWord(ImportOrigin origin);
/// `Claude Code`, `cc-switch`…: as it is called on screens.
[[nodiscard]] QString importOriginName(ImportOrigin origin);

} // namespace sallyport
