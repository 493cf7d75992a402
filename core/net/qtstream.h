// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/net/lingeringclose.h"
#include "core/support/deadline.h"
#include "core/support/deferred.h"

#include <QObject>
#include <QTcpSocket>

#include <memory>
#include <optional>

namespace sallyport {

/// A stream over QTcpSocket.
///
/// What Qt's sockets cannot do: they close themselves when the peer half-closes, so writing after
/// streamPeerFinished() fails; and with reading off and a full buffer neither end nor reset of the
/// peer is noticed.
class QtStream final : public QObject, public ByteStream {
    Q_OBJECT
public:
    /// Bytes that the socket keeps unread before TCP holds the peer back.
    static constexpr qint64 kReadBufferBytes = 128 * 1024;
    /// Bytes that it may deliver before others get their turn.
    static constexpr qsizetype kShareBytes = 128 * 1024;

    /// `socket` is connected.
    [[nodiscard]] static StreamPtr adopt(Deferred<QTcpSocket> socket, DeadlineQueue& deadlines);

    void setObserver(StreamObserver* observer) override;
    void setReading(bool on) override;
    void write(QByteArrayView first, QByteArrayView second) override;
    [[nodiscard]] qsizetype pendingBytes() const override;
    void finishWriting() override;
    void closeGracefully() override;
    void abort() override;
    [[nodiscard]] bool isReusable() const override;
    [[nodiscard]] bool isEncrypted() const override { return false; }
    [[nodiscard]] Endpoint peer() const override;
    [[nodiscard]] Endpoint local() const override;

private:
    QtStream(Deferred<QTcpSocket> socket, DeadlineQueue& deadlines);
    ~QtStream() override = default;
    void release() override;
    void listenToSocket();
    void queuePump();
    void pump();
    void readShare();
    void tellOutcome();
    void wrote();
    void carryOut(const ClosingActions& actions);
    void ended(QAbstractSocket::SocketError error);
    void closeSocket();

    Deferred<QTcpSocket> m_socket;
    DeadlineQueue& m_deadlines;
    StreamObserver* m_observer = nullptr;
    LingeringClose m_closing;
    std::unique_ptr<Deadline> m_lingerDeadline;
    std::optional<StreamError> m_failure;
    Endpoint m_peer;
    bool m_isOpen = true;
    bool m_reading = false;
    bool m_hasEnded = false; ///< the socket saw the peer's end; the observer may not know yet
    bool m_wasCongested = false;
    bool m_wasPending = false;
    bool m_inCall = false; ///< signals of the socket wait: no call from inside a call
    bool m_isPumping = false;
    bool m_isQueued = false;
    bool m_hasOwner = true;
};

} // namespace sallyport
