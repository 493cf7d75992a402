// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// `config import`: prints what is taken over and what is not, stores the keys, and edits
/// `routes.yaml`. Returns the exit code.
[[nodiscard]] int importConfig(const Invocation& invocation);
/// `config export`.
[[nodiscard]] int exportConfig(const Invocation& invocation);

} // namespace sallyport::cli
