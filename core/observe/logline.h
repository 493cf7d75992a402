// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/log.h"
#include "core/support/clock.h"

namespace sallyport::log {

/// Appends `2026-11-20T12:00:00.123Z`: UTC, so that lines of two machines can be laid side by side.
void appendTimestamp(QByteArray& out, WallTime at);
/// `trace`, `debug`, `info`, `warn` or `error`.
[[nodiscard]] std::string_view levelWord(Level level);

} // namespace sallyport::log
