// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport::csv {

/// A text as a field (RFC 4180), in quotes where it needs them. One that a spreadsheet would take
/// for a formula (`=`, `+`, `-`, `@`, tab or return first) has an apostrophe in front.
[[nodiscard]] QByteArray field(QByteArrayView text);
/// The names of the columns, and one line for a record (RFC 4180, CRLF, UTF-8).
[[nodiscard]] QByteArray header();
[[nodiscard]] QByteArray line(const ExchangeRecord& record);

} // namespace sallyport::csv
