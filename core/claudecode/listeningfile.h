// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QString>

namespace sallyport {

/// `<stateDir>/listening` says where a running Sallyport can be reached, for the commands that are
/// run beside it.
///
/// Written when it listens, with the process id; what a process that is gone left there does not
/// count. The error is a sentence.
[[nodiscard]] Result<Done, QString> writeListeningFile(const QString& stateDir,
                                                       const QString& address);
/// Removes it, if it is this process's own.
void removeListeningFile(const QString& stateDir);
/// `127.0.0.1:8899`, or empty when no process does.
[[nodiscard]] QString runningAddress(const QString& stateDir);

} // namespace sallyport
