// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/log.h"
#include "core/support/clock.h"

#include <QChar>

namespace sallyport::log {

/// Appends `2026-11-20T12:00:00.123Z`: UTC, so that lines of two machines can be laid side by side.
void appendTimestamp(QByteArray& out, WallTime at);
/// `trace`, `debug`, `info`, `warn` or `error`.
[[nodiscard]] std::string_view levelWord(Level level);

/// Whether a character of a text that came from outside is written as `\u202e`: controls, also
/// those above U+007F, and format characters can move the cursor of a terminal or turn the
/// direction of text, separators can break a line.
[[nodiscard]] bool needsEscape(QChar c);

} // namespace sallyport::log
