// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// Runs the core until a signal ends it; needs a QCoreApplication. Its exit code.
[[nodiscard]] int serve(const Invocation& invocation);

} // namespace sallyport::cli
