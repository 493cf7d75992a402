// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace sallyport {

/// Makes the next text of a file of its present one; the second argument is the path, for errors.
using TextEdit = std::function<Result<QByteArray, ConfigError>(const QByteArray&, const QString&)>;

/// The text of a configuration file, absent where there is none. The error is a sentence that names
/// the file.
[[nodiscard]] Result<std::optional<QByteArray>, QString> readText(const QString& path);

/// Writes `text` whole, or takes the file away where it is absent, but only while the file still
/// holds `expected`: what another program has written since is not overwritten. Writers of ours
/// wait for each other, 2 s at most. The error is a sentence that names the file; nothing is
/// written then.
[[nodiscard]] Result<Done, QString> replaceText(const QString& path,
                                                const std::optional<QByteArray>& expected,
                                                const std::optional<QByteArray>& text);

/// Reads the file, edits its text, writes it as replaceText() does.
[[nodiscard]] Result<Done, QString> rewriteFile(const QString& path, const TextEdit& edit);

} // namespace sallyport
