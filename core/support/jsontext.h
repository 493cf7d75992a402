// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace sallyport {

/// The value as JSON (RFC 8259) in UTF-8 on one line. What a terminal would interpret (control and
/// format characters, see needsEscape()) and half a surrogate pair, which UTF-8 cannot hold, are
/// written as `\uXXXX`; QJsonDocument writes the latter as a question mark. A number that is not
/// finite is null, as JSON.stringify has it. Recurses: the depth is that of kMaxJsonDepth.
[[nodiscard]] QByteArray jsonBytes(const QJsonValue& value);

} // namespace sallyport
