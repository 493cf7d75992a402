// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// How one direction of a WebSocket compresses its messages (RFC 7692 7.1).
struct DeflateTerms {
    bool keepsContext = true; ///< a message may refer to the ones before it
    int windowBits = 15;      ///< 8 to 15: how far back it may refer, as a power of two
    friend bool operator==(const DeflateTerms&, const DeflateTerms&) = default;
};

/// What both sides of a WebSocket agreed on, as far as it changes how frames are read.
struct WebSocketTerms {
    std::optional<DeflateTerms> fromClient; ///< absent: messages come as they are
    std::optional<DeflateTerms> fromServer;
    /// Why frames cannot be read, one clause; empty when they can. An extension that we do not
    /// know may give any bit of a frame another meaning (RFC 6455 9).
    QByteArray unreadable;
    friend bool operator==(const WebSocketTerms&, const WebSocketTerms&) = default;
};

/// Reads the Sec-WebSocket-Extensions of a 101, all its lines combined. Knows permessage-deflate.
[[nodiscard]] WebSocketTerms readWebSocketExtensions(QByteArrayView response);

} // namespace sallyport
