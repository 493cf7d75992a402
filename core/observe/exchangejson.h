// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QJsonObject>

namespace sallyport {

/// A record for programs: names in snake_case, words as in log lines, times in microseconds after
/// the start, what is not known left out. Redacted as the record is. docs/configuration.md lists
/// the members; they are not renamed.
[[nodiscard]] QJsonObject toJson(const ExchangeRecord& record);

} // namespace sallyport
