// SPDX-License-Identifier: MIT
#include "core/http/websockethandshake.h"

#include "core/http/serialiser.h"

namespace sallyport {

bool asksForWebSocket(const RequestHead& head, Framing framing) {
    return head.version.minor == 1 && head.method == "GET" && framing.kind == BodyKind::None &&
           head.fields.hasToken("Connection", "upgrade") &&
           head.fields.hasToken("Upgrade", "websocket");
}

void appendWebSocketHandshake(QByteArray& out, QByteArrayView target, QByteArrayView host,
                              QByteArrayView key) {
    FieldList fields;
    fields.append("Host", host);
    fields.append("Upgrade", "websocket");
    fields.append("Connection", "Upgrade");
    fields.append("Sec-WebSocket-Version", "13");
    fields.append("Sec-WebSocket-Key", key);
    appendRequestHead(out, "GET", target, fields);
}

} // namespace sallyport
