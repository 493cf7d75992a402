// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/websocketrecord.h"

#include <QString>

namespace sallyport {

/// `↑ sent` and `↓ received`, as the client sees it.
[[nodiscard]] QString directionText(WebSocketSender from);
/// `text`, `ping`, `binary (3 frames)`.
[[nodiscard]] QString kindText(const WebSocketMessage& message);
/// `1001 (going away)`; a word for a close without a code.
[[nodiscard]] QString closeCodeText(const std::optional<quint16>& code);
/// `312 B`, with a word where that is compressed.
[[nodiscard]] QString messageSizeText(const WebSocketMessage& message);
/// The message in one line: its text, the bytes of a binary one, the code and reason of a close.
[[nodiscard]] QString messageLine(const WebSocketMessage& message);
/// All that is kept of it: JSON laid out, bytes as a dump, and a note on what is missing.
[[nodiscard]] QString messageText(const WebSocketMessage& message);
/// How it ended, with the close codes of both sides; that it is open while it is.
[[nodiscard]] QString endText(const WebSocketSummary& summary);
/// The WebSocket of an exchange in short: messages, what was agreed on, how it ended.
[[nodiscard]] QString webSocketText(const WebSocketSummary& summary);

} // namespace sallyport
