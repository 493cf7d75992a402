// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// Runs the engine until a signal ends it. Needs a QCoreApplication. Returns the exit code.
[[nodiscard]] int serve(const Invocation& invocation);

} // namespace sallyport::cli
