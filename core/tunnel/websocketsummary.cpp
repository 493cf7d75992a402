// SPDX-License-Identifier: MIT
#include "core/tunnel/websocketsummary.h"

#include "core/http/websocketextensions.h"

namespace sallyport {

WebSocketSummary webSocketSummary(const ResponseHead& response) {
    WebSocketSummary summary;
    summary.terms = readWebSocketExtensions(response.fields.combined("Sec-WebSocket-Extensions"));
    if (const auto chosen = response.fields.first("Sec-WebSocket-Protocol"))
        summary.subprotocol = chosen->toByteArray();
    return summary;
}

} // namespace sallyport
