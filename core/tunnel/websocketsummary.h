// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/observe/websocketrecord.h"

namespace sallyport {

/// What the response to a handshake says of the WebSocket that follows it: the chosen subprotocol
/// and the extensions in force (RFC 6455 4.2.2, 9.1). Nothing is sent yet.
[[nodiscard]] WebSocketSummary webSocketSummary(const ResponseHead& response);

} // namespace sallyport
