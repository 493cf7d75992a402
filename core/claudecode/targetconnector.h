// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/fileconnector.h"

#include <memory>
#include <vector>

namespace sallyport {

/// One target with all its files, as one: apply() writes all of them or, where one cannot be
/// written, takes back those that it had begun.
class TargetConnector {
public:
    /// `proxyBefore`: the proxy of a company that the variables of this connection hide.
    explicit TargetConnector(std::vector<std::unique_ptr<FileConnector>> files,
                             const QString& proxyBefore = {});

    [[nodiscard]] Result<ConnectStatus, ConnectError> status() const;
    [[nodiscard]] Result<ConnectPlan, ConnectError> plan() const;
    [[nodiscard]] Result<ConnectPlan, ConnectError> apply();
    /// Tries every file, also after one that failed.
    [[nodiscard]] Result<UndoReport, ConnectError> undo();
    [[nodiscard]] std::optional<ConnectChoice> appliedChoice() const;

private:
    [[nodiscard]] ConnectPlan merged(const std::vector<ConnectPlan>& plans) const;

    std::vector<std::unique_ptr<FileConnector>> m_files;
    QString m_proxyBefore;
};

} // namespace sallyport
