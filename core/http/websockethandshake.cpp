// SPDX-License-Identifier: MIT
#include "core/http/websockethandshake.h"

namespace sallyport {

bool asksForWebSocket(const RequestHead& head, Framing framing) {
    return head.version.minor == 1 && head.method == "GET" && framing.kind == BodyKind::None &&
           head.fields.hasToken("Connection", "upgrade") &&
           head.fields.hasToken("Upgrade", "websocket");
}

} // namespace sallyport
