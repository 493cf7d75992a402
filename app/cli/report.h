// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/clienttarget.h"
#include "core/claudecode/connectreport.h"

#include <QByteArray>
#include <QString>

/// The output of the env commands, as text and as JSON. None of it holds a secret.
namespace sallyport::cli {

[[nodiscard]] QString planText(const ConnectPlan& plan);
[[nodiscard]] QString appliedText(const ConnectPlan& plan,
                                  ClientTarget target = ClientTarget::Claude);
[[nodiscard]] QString statusText(const ConnectStatus& status,
                                 ClientTarget target = ClientTarget::Claude);
/// Sallyport wrote what the status is of, and does not listen where that leads: requests fail.
[[nodiscard]] bool leadsNowhere(const ConnectStatus& status);
[[nodiscard]] QString undoText(const UndoReport& report);
[[nodiscard]] QString undoAllText(const std::vector<UndoReport>& reports);

[[nodiscard]] QByteArray planJson(const ConnectPlan& plan);
[[nodiscard]] QByteArray statusJson(const ConnectStatus& status);
[[nodiscard]] QByteArray undoJson(const UndoReport& report);
[[nodiscard]] QByteArray undoAllJson(const std::vector<UndoReport>& reports);

} // namespace sallyport::cli
