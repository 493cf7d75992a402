// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// That second as an IMF-fixdate (RFC 9110 5.6.7), for the years 0 to 9999. A pure function: a
/// caller that needs it in every response keeps it for a second.
[[nodiscard]] QByteArray httpDate(qint64 secondsSinceEpoch);
/// The second that an HTTP-date names, in each of the three forms of RFC 9110 5.6.7; names of days
/// and months in any letter case. A year of two digits that would be more than 50 years ahead of
/// 2026 is one of the last century. Nothing for all other text.
[[nodiscard]] std::optional<qint64> parseHttpDate(QByteArrayView text);

} // namespace sallyport
