// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// `credential set NAME` and `credential remove NAME`, in the desktop's keychain. What is set is
/// read from standard input, on a terminal without being shown. Returns the exit code.
[[nodiscard]] int runCredentialCommand(const Invocation& invocation);

} // namespace sallyport::cli
