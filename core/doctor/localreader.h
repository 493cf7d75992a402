// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingspaths.h"
#include "core/doctor/localreading.h"

#include <QList>
#include <QSslCertificate>

#include <map>

namespace sallyport {

/// Where the doctor looks.
struct DoctorOptions {
    QString configDir;   ///< absolute
    QString stateDir;    ///< absolute
    SettingsPaths paths; ///< of Claude Code's files, target Claude
    std::map<QByteArray, QByteArray> environment;

    /// For this process's variables and working folder.
    [[nodiscard]] static DoctorOptions forProcess(const QString& configDir,
                                                  const QString& stateDir);
};

/// What Claude Code trusts beside the store of its own: the files that NODE_EXTRA_CA_CERTS and
/// SSL_CERT_FILE name.
[[nodiscard]] QList<QSslCertificate> extraRootsOf(const ClaudeSettings& claude);

/// Reads all that is on this machine. Blocks for small files, /proc and the file system's size; not
/// for a thread with a window or connections.
[[nodiscard]] LocalReading readLocal(const DoctorOptions& options);

} // namespace sallyport
