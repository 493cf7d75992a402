// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// Replaces this process by `sallyport-desktop`: the one beside this executable, else one in PATH.
/// Returns only when that failed, with the exit code; the reason is printed. Needs a
/// QCoreApplication.
[[nodiscard]] int startDesktop(const Invocation& invocation);

} // namespace sallyport::cli
