// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/websocketreader.h"
#include "core/observe/exchangelog.h"
#include "core/tunnel/handshakesniffer.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

namespace sallyport {

/// Reads a copy of what a tunnel relays, for the record: messages where a WebSocket has begun in
/// it, else (inside CONNECT) the first bytes for a handshake in plain text. It has no way to
/// change, hold back or end what is relayed, and what it keeps is bounded.
class WebSocketTap {
public:
    /// Null where nothing of the tunnel is to be read. The recorder outlives the tap.
    [[nodiscard]] static std::unique_ptr<WebSocketTap> forTunnel(ExchangeRecorder& recorder);

    /// Bytes that have been passed on, in order.
    void passed(WebSocketSender from, QByteArrayView bytes);
    /// True once nothing more will ever be read.
    [[nodiscard]] bool isOver() const;
    /// True once a handshake was refused, after which the client speaks HTTP again.
    [[nodiscard]] bool wasRefused() const { return m_wasRefused; }

private:
    explicit WebSocketTap(ExchangeRecorder& recorder);
    void sniff(WebSocketSender from, QByteArrayView bytes);
    void beginReading();
    void read(WebSocketSender from, QByteArrayView bytes);

    struct Readers {
        WebSocketReader client;
        WebSocketReader server;
    };
    ExchangeRecorder& m_recorder;
    std::unique_ptr<HandshakeSniffer> m_sniffer;
    std::optional<Readers> m_readers;
    bool m_wasRefused = false;
};

} // namespace sallyport
