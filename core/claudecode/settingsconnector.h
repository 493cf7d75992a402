// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/fileconnector.h"
#include "core/claudecode/settingsedit.h"
#include "core/claudecode/settingspaths.h"
#include "core/support/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

/// Points Claude Code at Sallyport and takes it back: edits the text of a settings file so that
/// every other byte stays, with a journal in `stateDir` written first. Thread-free; blocking file
/// I/O of small files; a lock file keeps two of us apart, and what another program writes between
/// reading and writing is not overwritten: the edit is made anew on it, three times at most.
class SettingsConnector : public FileConnector {
public:
    SettingsConnector(ClientTarget target, ClientEnvironment environment, QString stateDir);
    /// For other files and variables than those of this process.
    SettingsConnector(SettingsPaths paths, ClientEnvironment environment, QString stateDir);

    /// The settings file by its absolute path, links not resolved.
    [[nodiscard]] QString settingsFile() const;
    [[nodiscard]] Result<ConnectStatus, ConnectError> status() const override;
    [[nodiscard]] Result<ConnectPlan, ConnectError> plan() const override;
    [[nodiscard]] Result<ConnectPlan, ConnectError> apply() override;
    /// Sets `keys` in the same file in the same way, beside what apply() has set; undo() takes both
    /// back.
    [[nodiscard]] Result<ConnectPlan, ConnectError> set(const std::vector<WantedKey>& keys);
    /// Also what was set in `clientStateFile`.
    [[nodiscard]] Result<UndoReport, ConnectError> undo() override;
    [[nodiscard]] std::optional<ConnectChoice> appliedChoice() const override;
    void setChoice(const ConnectChoice& choice) override { m_choice = choice; }

private:
    SettingsPaths m_paths;
    ClientEnvironment m_environment;
    QString m_stateDir;
    ConnectChoice m_choice;
};

} // namespace sallyport
