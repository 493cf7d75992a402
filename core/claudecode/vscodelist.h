// SPDX-License-Identifier: MIT
#pragma once

#include "core/claudecode/environmentvariables.h"

#include <QByteArray>

#include <optional>

namespace sallyport::vscode {

/// The setting of Claude Code's extension for VS Code that holds variables for the process it
/// starts: a list of `{"name": …, "value": …}`.
inline constexpr const char* kVariablesSetting = "claudeCode.environmentVariables";

/// The list with our variables in it: an entry of the same name gets our value, others stay. `list`
/// is its JSON text; empty: there is none. `lineEnd` is that of the file. Nothing where the list
/// cannot be read, or has comments that would be lost.
[[nodiscard]] std::optional<QByteArray> withVariables(const QByteArray& list,
                                                      const std::vector<Variable>& variables,
                                                      const QByteArray& lineEnd);

/// A list that somebody has changed after us, without what is still ours: entries that hold what we
/// wrote (`ours`) get the value that they had in `before`, or go. An empty text: none is left, and
/// there was none before.
[[nodiscard]] std::optional<QByteArray>
withoutVariables(const QByteArray& list, const QByteArray& ours, const QByteArray& before);

/// Whether two lists hold the same, however they are laid out.
[[nodiscard]] bool isSameList(const QByteArray& a, const QByteArray& b);

/// The value of an entry; nothing when there is none.
[[nodiscard]] std::optional<QString> variableIn(const QByteArray& list, const QString& name);

} // namespace sallyport::vscode
