// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace sallyport::paths {

/// `SALLYPORT_CONFIG_DIR`, else `$XDG_CONFIG_HOME/sallyport`, else `~/.config/sallyport`.
/// Not created.
[[nodiscard]] QString configDir();
/// `SALLYPORT_STATE_DIR`, else `$XDG_STATE_HOME/sallyport`, else `~/.local/state/sallyport`.
/// Holds the token, the journal and logs. Not created.
[[nodiscard]] QString stateDir();
/// Creates `path` with its parents, mode 0700 for those that are made. False when that failed.
[[nodiscard]] bool ensurePrivateDir(const QString& path);

} // namespace sallyport::paths
