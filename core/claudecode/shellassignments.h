// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"

namespace sallyport {

enum class Shell { Bash, Zsh, Fish, PowerShell, Cmd, Nu };

/// Lines that set the variables when evaluated in that shell, each value quoted so that nothing in
/// it is interpreted. Ends with a line end.
[[nodiscard]] QString shellLines(Shell shell, const std::vector<Variable>& variables);

/// Lines that unset them.
[[nodiscard]] QString unsetLines(Shell shell, const std::vector<Variable>& variables);

} // namespace sallyport
