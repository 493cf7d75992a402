// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/limitedjsonparser.h"

#include <QJsonValue>
#include <QStringView>

namespace sallyport {

/// How much of a JSON text has to be there.
enum class JsonEnd {
    Whole,
    Cut, ///< what is whole of a text that was cut: a token that was cut goes, with its name; open
         ///< objects and arrays are closed. Nothing but whitespace or one cut token is malformed
};

/// The value that JSON.parse makes of `text`: half a surrogate pair stays as it is, numbers are
/// doubles, of a member that stands twice the last one counts. No more than kMaxJsonDepth levels.
/// A QJsonValue and not parseBoundedJson()'s: only UTF-16 holds what the clients' strings can.
[[nodiscard]] Result<QJsonValue, JsonFault> parseJsonValue(QStringView text,
                                                           JsonEnd end = JsonEnd::Whole);

} // namespace sallyport
