// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"

namespace sallyport::cli {

/// `config preset intranet`: edits `routes.yaml` and prints the change as a diff. Returns the exit
/// code.
[[nodiscard]] int addIntranetPreset(const Invocation& invocation);

} // namespace sallyport::cli
