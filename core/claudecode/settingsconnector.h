// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connecterror.h"
#include "core/claudecode/settingsedit.h"
#include "core/claudecode/settingspaths.h"
#include "core/claudecode/variables.h"
#include "core/support/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

enum class KeyState {
    Missing, ///< not there
    Applied, ///< holds what we would write
    Differs, ///< holds something else
    Blocked, ///< a stronger file (managed settings) wins over it
};

/// One key that a connection consists of, e.g. `env.ANTHROPIC_BASE_URL`.
struct KeyStatus {
    QString key;
    KeyState state = KeyState::Missing;
    QString current;   ///< redacted when secret; empty when missing
    QString wanted;    ///< redacted when secret
    QString blockedBy; ///< file that wins
};

struct ConnectStatus {
    QString file;
    std::vector<KeyStatus> keys;
    bool isConnected = false; ///< every key Applied
    bool hasJournal = false;  ///< there is something to undo
    QString runningAddress;   ///< where a Sallyport with the same state listens; empty: none does
};

/// What apply would do; nothing is changed by making one.
struct ConnectPlan {
    QString file;
    bool isNewFile = false;
    QString unifiedDiff; ///< secrets redacted; empty when there is nothing to do
    QByteArray after;    ///< whole text of the file afterwards
};

/// What undo did, key by key.
struct UndoReport {
    QString file;
    std::vector<QString> restored;  ///< keys put back to what they were, or removed
    std::vector<QString> leftAlone; ///< keys changed by somebody else since
    bool isFileRemoved = false;     ///< we had made it, and nothing else is in it
    bool hadNothingToUndo = false;
};

/// Points Claude Code at Sallyport and takes it back: edits the text of a settings file so that
/// every other byte stays, with a journal in `stateDir` written first. Thread-free; blocking file
/// I/O of small files; a lock file keeps two of us apart.
class SettingsConnector {
public:
    SettingsConnector(SettingsTarget target, ClientEnvironment environment, QString stateDir);
    /// For other files and variables than those of this process.
    SettingsConnector(SettingsPaths paths, ClientEnvironment environment, QString stateDir);

    /// The settings file by its absolute path, links not resolved.
    [[nodiscard]] QString settingsFile() const;
    /// What holds now, key by key. A stronger file that cannot be read is passed over.
    [[nodiscard]] Result<ConnectStatus, ConnectError> status() const;
    [[nodiscard]] Result<ConnectPlan, ConnectError> plan() const;
    /// Does what plan() shows and records it first. Applying again changes only what differs, and
    /// never takes our own value for the one before.
    [[nodiscard]] Result<ConnectPlan, ConnectError> apply();
    /// Sets `keys` in the same file in the same way, beside what apply() has set; undo() takes both
    /// back.
    [[nodiscard]] Result<ConnectPlan, ConnectError> set(const std::vector<WantedKey>& keys);
    /// Puts back each key that still holds what we wrote, in `clientStateFile` as well. A running
    /// Claude Code keeps a removed variable until it is restarted: say so where this is shown.
    [[nodiscard]] Result<UndoReport, ConnectError> undo();

private:
    SettingsPaths m_paths;
    ClientEnvironment m_environment;
    QString m_stateDir;
};

} // namespace sallyport
