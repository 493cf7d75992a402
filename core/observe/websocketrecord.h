// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/websocketreader.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sallyport {

/// What one side of a WebSocket has sent so far.
struct WebSocketSent {
    quint64 messages = 0;   ///< text and binary, whole ones
    quint64 controls = 0;   ///< ping, pong and close
    bool hasClosed = false; ///< it has sent a close frame
    std::optional<quint16> closeCode;
    QString closeReason;   ///< redacted
    QByteArray unreadable; ///< why what it sends can no longer be read; empty while it can
};

/// How a WebSocket ended.
enum class WebSocketEnd {
    Open,
    Closed,        ///< with a close frame of either side, or both
    ClientLeft,    ///< the client ended its connection (FIN) without one
    ClientReset,   ///< the client's connection failed
    UpstreamLeft,  ///< the upstream ended its connection (FIN) without one
    UpstreamReset, ///< the upstream's connection failed
    TimedOut,      ///< one side had ended, or took nothing, and nothing moved for too long
    CutHere,       ///< Sallyport ended it
    Unread,        ///< both connections ended in order, close frames could not be read
};
/// The word for it in log lines and exports; stays the same in every language.
[[nodiscard]] QByteArrayView wordOf(WebSocketEnd end);

/// A WebSocket as the log shows it, without its messages.
struct WebSocketSummary {
    WebSocketSent fromClient;
    WebSocketSent fromServer;
    WebSocketEnd end = WebSocketEnd::Open;
    WebSocketTerms terms; ///< what the handshake agreed on
    QByteArray path;      ///< of a handshake inside CONNECT, secrets redacted; else empty
    QByteArray subprotocol;

    [[nodiscard]] const WebSocketSent& from(WebSocketSender sender) const {
        return sender == WebSocketSender::Client ? fromClient : fromServer;
    }
    [[nodiscard]] WebSocketSent& from(WebSocketSender sender) {
        return sender == WebSocketSender::Client ? fromClient : fromServer;
    }
    /// Messages and control frames of both sides.
    [[nodiscard]] quint64 total() const {
        return fromClient.messages + fromClient.controls + fromServer.messages +
               fromServer.controls;
    }
};

/// One message or control frame with its moment; its preview is redacted.
struct WebSocketEntry {
    quint64 number = 0;  ///< counts those of both sides together, from 1 on
    qint64 atMicros = 0; ///< after the start of the exchange: when its last byte passed
    WebSocketSender from = WebSocketSender::Client;
    WebSocketMessage message;
};

} // namespace sallyport
