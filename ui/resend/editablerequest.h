// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sallyport {

/// fieldsText() read again; blank lines are left out. The error names the line.
[[nodiscard]] Result<FieldList, QString> fieldsOf(const QString& text);

/// The content as it can be edited: JSON laid out, other text as it is. Nothing where it is no
/// UTF-8, longer than 1 MiB, or has a line of more than 32 Ki characters, whose layout would hold
/// the window up.
[[nodiscard]] std::optional<QString> editableText(const QByteArray& content, bool isJson);

} // namespace sallyport
