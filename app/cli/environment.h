// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// `env print|plan|apply|status|undo`. The exit code.
[[nodiscard]] int environment(const Invocation& invocation);

/// `run -- COMMAND`: becomes the command. Comes back only with the exit code of having failed to,
/// 127 when there is no such command and 126 when it cannot be run, as shells have it.
[[nodiscard]] int runProgram(const Invocation& invocation);

} // namespace sallyport::cli
