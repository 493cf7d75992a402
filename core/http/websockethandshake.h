// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/http/head.h"

namespace sallyport {

/// The one upgrade that is relayed: `websocket` asked for by a GET of HTTP/1.1 without content
/// (RFC 6455 4.1). Others are not passed on (RFC 9110 7.8 lets an intermediary ignore them).
[[nodiscard]] bool asksForWebSocket(const RequestHead& head, Framing framing);

/// Appends a handshake of version 13 with what RFC 6455 4.2.1 asks for and nothing else.
void appendWebSocketHandshake(QByteArray& out, QByteArrayView target, QByteArrayView host,
                              QByteArrayView key);

} // namespace sallyport
