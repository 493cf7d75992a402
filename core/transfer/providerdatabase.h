// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/transfer/foundprovider.h"

#include <QString>

#include <vector>

/// SQLite files of other programs. They are opened read-only, beside the program that owns them;
/// only tables are read, no views, and no function of theirs is run. Blocking I/O; the error is a
/// clause without the path.
namespace sallyport::providerdatabase {

/// `~/.cc-switch/cc-switch.db`: the rows of `providers` for Claude Code, in their order there.
[[nodiscard]] Result<std::vector<FoundProvider>, QString> readCcSwitch(const QString& path);
/// `~/.claude-code-router/config.sqlite`.
[[nodiscard]] Result<std::vector<FoundProvider>, QString> readRouter(const QString& path);

} // namespace sallyport::providerdatabase
