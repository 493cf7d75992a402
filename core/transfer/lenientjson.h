// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace sallyport {

/// Bytes of a configuration of another program that are read at all.
inline constexpr qsizetype kMaxForeignBytes = qsizetype{8} * 1024 * 1024;

/// The object that a text holds: RFC 8259, and besides it `//` and `/* */` comments, a comma after
/// the last member and a byte order mark. The error is a clause that names the line. Text that is
/// nested deeper than kMaxJsonDepth is refused.
[[nodiscard]] Result<QJsonObject, QString> lenientJsonObject(const QByteArray& text);

} // namespace sallyport
