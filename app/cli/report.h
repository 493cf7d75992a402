// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingsconnector.h"

#include <QByteArray>
#include <QString>

/// The output of the env commands, as text and as JSON. None of it holds a secret.
namespace sallyport::cli {

[[nodiscard]] QString planText(const ConnectPlan& plan);
[[nodiscard]] QString appliedText(const ConnectPlan& plan);
[[nodiscard]] QString statusText(const ConnectStatus& status);
[[nodiscard]] QString undoText(const UndoReport& report);

[[nodiscard]] QByteArray planJson(const ConnectPlan& plan);
[[nodiscard]] QByteArray statusJson(const ConnectStatus& status);
[[nodiscard]] QByteArray undoJson(const UndoReport& report);

} // namespace sallyport::cli
