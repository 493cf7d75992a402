// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// Becomes `sallyport-desktop`, the one beside this executable before one in PATH. Comes back only
/// with the exit code of not having done so, the way out said. Needs a QCoreApplication.
[[nodiscard]] int startDesktop(const Invocation& invocation);

} // namespace sallyport::cli
