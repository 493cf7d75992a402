// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/claudesettings.h"

namespace sallyport {

/// `settings-json`: the files of Claude Code that are there can be read and are what it takes for
/// settings.
[[nodiscard]] CheckResult checkSettingsJson(const ClaudeSources& sources);
/// `variables`: for each variable that matters the value that wins, where it stands, and what it
/// wins over. Always Ok; the other checks judge the values.
[[nodiscard]] CheckResult checkVariables(const ClaudeSettings& claude);

} // namespace sallyport
