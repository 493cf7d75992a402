// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/connectreport.h"
#include "core/claudecode/environmentvariables.h"
#include "core/claudecode/settingsundo.h"

namespace sallyport::vscode {

/// The settings of VS Code with the variables of a connection in `claudeCode.environmentVariables`.
/// `steps` are those of earlier edits; what they set is taken back first. NO_PROXY is merged with
/// that of the list, else with `processNoProxy`.
[[nodiscard]] Result<SettingsEdit, EditFault> withConnection(const QByteArray& text,
                                                             const ClientEnvironment& environment,
                                                             const QString& processNoProxy,
                                                             const std::vector<EditStep>& steps);

/// withStepsUndone(), and of a list that somebody has changed since what still is ours.
[[nodiscard]] Result<SettingsUndo, EditFault> withoutConnection(const QByteArray& text,
                                                                const std::vector<EditStep>& steps);

/// A status for each variable of the list in a text that viewOf() accepts.
[[nodiscard]] std::vector<KeyStatus> statusOf(const QByteArray& text,
                                              const ClientEnvironment& environment,
                                              const QString& processNoProxy);

} // namespace sallyport::vscode
