// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QJsonObject>
#include <QString>

namespace sallyport {

/// A record for programs: names in snake_case, words as in log lines, times in microseconds after
/// the start, what is not known left out. Redacted as the record is. docs/configuration.md lists
/// the members; they are not renamed.
[[nodiscard]] QJsonObject toJson(const ExchangeRecord& record);

/// One line of JSON, in which what a terminal would obey is escaped (`\u009b`, `\u202e`): records
/// hold what clients and upstreams sent, and readers print it.
[[nodiscard]] QString jsonText(const QJsonObject& object);

} // namespace sallyport
