// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// `doctor`: runs the checks and prints them; with `--fix` applies the fix of one and runs them
/// again. Needs a QCoreApplication. Returns the exit code: kExitNo where a check has found
/// something.
[[nodiscard]] int runDoctor(const Invocation& invocation);

} // namespace sallyport::cli
