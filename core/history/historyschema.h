// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QSqlQuery>
#include <QString>
#include <QVariantList>

namespace sallyport::schema {

/// Bits of `exchanges.flags`. Not changed once released.
enum Flag : int {
    Failed = 1,
    Stream = 2,
    Tunnel = 4, ///< a tunnel or an upgraded connection, as filters ask for it
    WebSocket = 8,
    Upgraded = 16,
    Reused = 32,
    Bodies = 64, ///< there was something to keep in `bodies`
};

/// Seconds of one table of the full-text index; a table whose time is over is dropped as a whole.
constexpr qint64 kWordPeriod = 4 * 3600;
[[nodiscard]] QString wordTable(qint64 period);

/// Microseconds since 1970.
[[nodiscard]] qint64 microsOf(WallTime time);

/// The texts of a row of `kinds`, in the order of its columns.
[[nodiscard]] QVariantList kindOf(const ExchangeRecord& record);
/// Whether kindOf() gives the same texts for both.
[[nodiscard]] bool isSameKind(const ExchangeRecord& a, const ExchangeRecord& b);
/// What follows `kind` and `error` in a row of `exchanges`.
[[nodiscard]] QVariantList rowOf(const ExchangeRecord& record);
[[nodiscard]] const char* kindColumns();
[[nodiscard]] const char* rowColumns();

/// All columns of an exchange, as recordAt() reads them; ends before WHERE.
[[nodiscard]] QString selectRecords();
[[nodiscard]] ExchangeRecord recordAt(const QSqlQuery& query);

} // namespace sallyport::schema
