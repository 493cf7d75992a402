// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace sallyport {

/// The settings.json of VS Code and its kin (Insiders, VSCodium, Cursor, Windsurf, the server of
/// WSL and SSH) whose folders are there; else that of VS Code. `configHome`: `$XDG_CONFIG_HOME`.
[[nodiscard]] QStringList vsCodeFiles(const QString& configHome, const QString& home);

} // namespace sallyport
