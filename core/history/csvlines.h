// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>

namespace sallyport::csv {

/// The names of the columns, and one line for a record (RFC 4180, CRLF, UTF-8). A text that a
/// spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or return first) has an apostrophe
/// in front.
[[nodiscard]] QByteArray header();
[[nodiscard]] QByteArray line(const ExchangeRecord& record);

} // namespace sallyport::csv
