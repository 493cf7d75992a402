// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/settingsedit.h"
#include "core/config/config.h"
#include "core/config/configerror.h"
#include "core/doctor/claudesettings.h"
#include "core/doctor/listenerreading.h"

#include <QDateTime>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sallyport {

/// What a connection of Claude Code with Sallyport would consist of now.
struct ConnectionReading {
    QString settingsFile{};          ///< the user's
    bool isEditable = false;         ///< what is written there is read by Claude Code
    std::vector<WantedKey> keys{};   ///< what Connect writes; empty where it cannot
    ClientEnvironment environment{}; ///< what `keys` were made of
    bool hasJournal = false;         ///< something of ours can be taken back
};

/// Both files of Sallyport's own.
struct ConfigReading {
    QString dir{};
    std::shared_ptr<const Config> config{}; ///< null when a file is refused
    std::optional<ConfigError> error{};
    bool hasRoutesFile = false;
    QStringList openKeyFiles{}; ///< `file:PATH` whose mode lets other users read or change it
    QByteArray routesText{};    ///< of routes.yaml as it is, for the lines in it
};

/// The programs that PATH leads to, known by the files beside them; nothing is run.
struct ProgramReading {
    QString claude{};        ///< resolved path; empty when there is none
    QString claudeVersion{}; ///< empty when no file tells it
    QString versionFile{};   ///< which file told it; empty when the path did
    QString node{};
    QString nodeVersion{};
};

struct DiskReading {
    QString path{};
    qint64 available = 0; ///< bytes
};

/// The certificate of the local CA.
struct CaReading {
    QString file{};    ///< its PEM; empty: there is none
    QString problem{}; ///< why it cannot do its work, and what mends it
    QDateTime notAfter{};
    bool isTrusted =
        false; ///< in a file that Claude Code's variables name, or in the system's store
};

/// What was read on this machine without a network.
struct LocalReading {
    ClaudeSettings claude;
    ConnectionReading connection{};
    ListenerReading listener{};
    ConfigReading config{};
    ProgramReading programs{};
    std::vector<DiskReading> disks{};
    CaReading ca{};
};

} // namespace sallyport
