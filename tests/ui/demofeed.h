// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <QPalette>

namespace sallyport::demo {

/// A record that looks like everyday traffic; the same number gives the same record.
[[nodiscard]] ExchangeRecord record(quint64 id, WallTime at);
/// Contents to it: a Messages request and a response, as a stream where the record says so.
[[nodiscard]] ExchangeDetail detail(const ExchangeRecord& record);
/// A turn of Claude Code: system, tools, a picture, tool calls with results, and a response that is
/// being streamed, as far as `pieces` of it.
[[nodiscard]] ExchangeDetail turn(const ExchangeRecord& record, int pieces);
/// A WebSocket with messages of every kind; closed by both sides.
[[nodiscard]] ExchangeDetail webSocket(quint64 id, WallTime at);

/// The records of two sessions, `count` that ended in every way and five more: three that run, of
/// which the first and the last stream a message, a WebSocket, and a health check. The last of the
/// `count` has lost its prompt cache.
[[nodiscard]] QVector<ExchangeRecord> batch(quint64 count, WallTime now);
/// The palette that pictures are made in.
[[nodiscard]] QPalette palette(bool isDark);

} // namespace sallyport::demo
