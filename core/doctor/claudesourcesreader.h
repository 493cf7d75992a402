// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/settingspaths.h"
#include "core/doctor/claudesettings.h"

namespace sallyport {

/// Reads the files of Claude Code, each of at most 16 MiB. `paths` is of the target Claude.
/// `environment` is passed on as it is.
[[nodiscard]] ClaudeSources readClaudeSources(const SettingsPaths& paths,
                                              std::map<QByteArray, QByteArray> environment);
/// The variables of this process.
[[nodiscard]] std::map<QByteArray, QByteArray> processEnvironment();

} // namespace sallyport
