// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectchoice.h"
#include "core/claudecode/connecterror.h"
#include "core/claudecode/connectreport.h"
#include "core/support/result.h"

#include <optional>

namespace sallyport {

/// Points what reads one file at Sallyport, and takes it back. Blocking I/O of small files; a lock
/// file keeps two of us apart.
class FileConnector {
public:
    FileConnector() = default;
    virtual ~FileConnector() = default;
    FileConnector(const FileConnector&) = default;
    FileConnector& operator=(const FileConnector&) = default;

    /// What holds now. A stronger file that cannot be read is passed over.
    [[nodiscard]] virtual Result<ConnectStatus, ConnectError> status() const = 0;
    [[nodiscard]] virtual Result<ConnectPlan, ConnectError> plan() const = 0;
    /// Does what plan() shows and records it first. Applying again changes only what differs, and
    /// never takes our own value for the one before.
    [[nodiscard]] virtual Result<ConnectPlan, ConnectError> apply() = 0;
    /// Puts back what still is as we wrote it. A running Claude Code keeps a removed variable until
    /// it is restarted: say so where this is shown.
    [[nodiscard]] virtual Result<UndoReport, ConnectError> undo() = 0;
    /// What the journal says was chosen; nothing when there is none.
    [[nodiscard]] virtual std::optional<ConnectChoice> appliedChoice() const = 0;
    /// What apply() records as chosen.
    virtual void setChoice(const ConnectChoice& choice) = 0;
};

} // namespace sallyport
