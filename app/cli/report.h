// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connection.h"

#include <QByteArray>
#include <QString>

/// What the env commands say, for people and for programs. None of it holds a secret.
namespace sallyport::cli {

[[nodiscard]] QString planText(const ConnectionPlan& plan);
[[nodiscard]] QString appliedText(const ConnectionPlan& plan);
[[nodiscard]] QString statusText(const ConnectionStatus& status);
[[nodiscard]] QString undoText(const UndoReport& report);

[[nodiscard]] QByteArray planJson(const ConnectionPlan& plan);
[[nodiscard]] QByteArray statusJson(const ConnectionStatus& status);
[[nodiscard]] QByteArray undoJson(const UndoReport& report);

} // namespace sallyport::cli
