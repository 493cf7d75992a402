// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

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

} // namespace sallyport::demo
