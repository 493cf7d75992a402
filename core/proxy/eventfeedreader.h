// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/websocketreader.h"
#include "core/net/streamsocket.h"
#include "core/observe/exchangelog.h"
#include "core/support/deadline.h"
#include "core/support/deferred.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QWebSocket>

#include <chrono>
#include <memory>

namespace sallyport {

/// One reader of `/_sallyport/events`, from its handshake to the end of its connection. Until the
/// WebSocket server has accepted the handshake there is a connection and no WebSocket.
///
/// QWebSocket of Qt 6.4 takes frames without a mask, so what the client sends is checked before it
/// gets there: a fault of protocol ends in a close frame with 1002 (RFC 6455 5.1). Whatever waits
/// for the client, records or pongs, is bounded: beyond kMaxPending it gets a notice and a close
/// frame with 1013 (try again later).
class EventFeedReader final : public QObject {
    Q_OBJECT
public:
    /// Bytes that may be pending for one reader.
    static constexpr qint64 kMaxPending = 1024 * 1024;
    /// For a reader to take a close frame.
    static constexpr std::chrono::milliseconds kCloseTimeout{5000};

    EventFeedReader(DeadlineQueue& deadlines, const Endpoint& peer,
                    std::unique_ptr<ExchangeRecorder> recorder);
    ~EventFeedReader() override;

    /// What came together with the handshake, after it. Before setConnection().
    void setEarly(QByteArray bytes);
    /// What the handshake came by; belongs to the WebSocket server.
    void setConnection(StreamSocket& connection);
    [[nodiscard]] const Endpoint& peer() const { return m_peer; }
    /// The server has accepted the handshake.
    void open(QWebSocket* socket);
    [[nodiscard]] bool isOpen() const { return m_socket != nullptr; }
    [[nodiscard]] bool isOver() const { return m_isOver; }

    void send(const QString& text);
    /// `error` goes into the record; empty where the end says enough.
    void close(QWebSocketProtocol::CloseCode code, const QString& reason, const QString& error);

signals:
    /// The connection has ended; once.
    void over();

private:
    /// Takes note of bytes that the client sent after its handshake; false when they are no frames
    /// of a WebSocket client, and must not be read further.
    [[nodiscard]] bool accepts(QByteArrayView bytes);
    void closeForFault();
    void boundPending();
    void ended();

    QPointer<StreamSocket> m_connection;
    QByteArray m_early; ///< until the server has read the handshake: it would take it along
    Endpoint m_peer;
    Deferred<QWebSocket> m_socket;
    std::unique_ptr<ExchangeRecorder> m_recorder;
    WebSocketReader m_frames;
    Deadline m_closeDeadline; ///< armed once a close frame has gone out
    QString m_error;
    bool m_isOver = false;
};

} // namespace sallyport
