// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// Runs `env print|plan|apply|status|undo`. Returns the exit code.
[[nodiscard]] int runEnvCommand(const Invocation& invocation);

/// `run -- COMMAND`: replaces this process by the command. Returns only when that failed, with the
/// exit code of shells: 127 when there is no such command, 126 when it cannot be run.
[[nodiscard]] int runProgram(const Invocation& invocation);

} // namespace sallyport::cli
