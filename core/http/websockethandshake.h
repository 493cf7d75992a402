// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"

namespace sallyport {

/// The one upgrade that is relayed: `websocket` asked for by a GET of HTTP/1.1 without content
/// (RFC 6455 4.1). Others are not passed on (RFC 9110 7.8 lets an intermediary ignore them).
[[nodiscard]] bool asksForWebSocket(const RequestHead& head, Framing framing);

} // namespace sallyport
