// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

namespace sallyport {

/// Up to `count` bytes from the start of the file that a user named. Never blocks: what is not a
/// regular file once links are followed (a folder, a pipe, a socket, a device) is refused.
///
/// The error is a clause that says what is wrong, without the path.
[[nodiscard]] Result<QByteArray, QString> readRegularFileStart(const QString& path,
                                                               qsizetype count);

/// The whole content of such a file; one of more than `limit` bytes is refused too.
[[nodiscard]] Result<QByteArray, QString> readRegularFile(const QString& path, qsizetype limit);

} // namespace sallyport
