// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace sallyport {

/// Makes the next text of a file of its present one; the second argument is the path, for errors.
using TextEdit = std::function<Result<QByteArray, ConfigError>(const QByteArray&, const QString&)>;

/// Reads the file, edits its text, writes it whole. The error is a sentence that names the file;
/// nothing is written then.
[[nodiscard]] Result<Done, QString> rewriteFile(const QString& path, const TextEdit& edit);

} // namespace sallyport
