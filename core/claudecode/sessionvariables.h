// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectreport.h"
#include "core/claudecode/environmentvariables.h"

namespace sallyport {

/// variablesFor() a child of this process, its own NO_PROXY merged in, in both spellings where both
/// are used.
[[nodiscard]] std::vector<Variable> variablesForProcess(const ClientEnvironment& environment);

/// What of them this process has.
[[nodiscard]] ConnectStatus sessionStatus(const ClientEnvironment& environment,
                                          const QString& stateDir);

} // namespace sallyport
