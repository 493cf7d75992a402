// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace sallyport {

/// What the command line of the tray application says.
struct StartOptions {
    enum class Action { Run, PrintAndEnd };
    Action action = Action::Run;
    bool isHidden = false;
    std::optional<std::pair<QHostAddress, quint16>> listen; ///< overrides `listen:`
    QString configDir;                                      ///< absolute
    QString stateDir;                                       ///< absolute
    QString output;                                         ///< to be printed before it ends
    int exitCode = 0;
};

/// Reads the arguments, the program's own name left out. Needs no application object, so that
/// `--help` works where there is no display.
[[nodiscard]] StartOptions readStartOptions(const QStringList& arguments);

} // namespace sallyport
