// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/localreading.h"

namespace sallyport {

/// Finds `claude` and `node` in the folders of `path` (as in PATH), and their versions in what lies
/// beside them: the `package.json` of the npm package, the name of the file that the native
/// installer puts there, Node's `include/node/node_version.h` or the folder of a version manager.
/// Runs nothing.
[[nodiscard]] ProgramReading findPrograms(const QString& path);

} // namespace sallyport
