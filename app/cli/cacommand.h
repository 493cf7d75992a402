// SPDX-License-Identifier: MIT
#pragma once

#include "app/cli/commandline.h"
#include "core/authority/authoritystatus.h"

#include <QByteArray>
#include <QString>

namespace sallyport::cli {

/// Runs `ca create|path|status|remove`. Returns the exit code.
[[nodiscard]] int runCaCommand(const Invocation& invocation);

/// The output of `ca status`, for people and for programs.
[[nodiscard]] QString caStatusText(const AuthorityStatus& status);
[[nodiscard]] QByteArray caStatusJson(const AuthorityStatus& status);

/// What adds a certificate to the trust of a whole system.
enum class SystemStore { Debian, Fedora, MacOs, Windows };
/// The command that adds `path` to it, for a person to run; quoted for the system's shell.
[[nodiscard]] QString systemStoreCommand(SystemStore store, const QString& path);

} // namespace sallyport::cli
