// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/fileconnector.h"
#include "core/claudecode/textedit.h"

#include <QString>

namespace sallyport {

/// A file and what it is to hold.
struct TextFile {
    QString file;
    WantedText wanted;
};

/// Puts a text of ours into a file that is no JSON: a file of its own, or a marked block in one of
/// the user's. A block that somebody has changed is put right by apply() and left alone by undo().
class TextConnector : public FileConnector {
public:
    TextConnector(TextFile file, QString stateDir);

    /// One key, the path of the file.
    [[nodiscard]] Result<ConnectStatus, ConnectError> status() const override;
    [[nodiscard]] Result<ConnectPlan, ConnectError> plan() const override;
    [[nodiscard]] Result<ConnectPlan, ConnectError> apply() override;
    [[nodiscard]] Result<UndoReport, ConnectError> undo() override;
    [[nodiscard]] std::optional<ConnectChoice> appliedChoice() const override;
    void setChoice(const ConnectChoice& choice) override { m_choice = choice; }

private:
    [[nodiscard]] Result<ConnectPlan, ConnectError> applyOnce();
    [[nodiscard]] Result<UndoReport, ConnectError> undoOnce();

    TextFile m_wish;
    QString m_stateDir;
    ConnectChoice m_choice;
};

} // namespace sallyport
