// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"
#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace sallyport {

/// The terminals that are looked for, in this order: that of `TERMINAL` first when it is set.
[[nodiscard]] QStringList terminalPrograms(const QString& wanted);
/// The first of them that `find` finds, by its path; empty when none is installed.
[[nodiscard]] QString firstTerminal(const QStringList& programs,
                                    const std::function<QString(const QString&)>& find);

/// Opens a terminal in the home folder whose shell has the variables. The error is a sentence.
[[nodiscard]] Result<Done, QString> startTerminal(const std::vector<Variable>& variables);

} // namespace sallyport
