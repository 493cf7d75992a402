// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <QByteArray>
#include <QTcpSocket>

#include <functional>

namespace sallyport {

/// A connected QTcpSocket over a ByteStream, for classes of Qt that take nothing else
/// (QWebSocketServer). Owns the stream; lives on its thread. Reading, writing, disconnectFromHost()
/// and close() work as on a socket; connecting, waiting and socket options do not.
class StreamSocket final : public QTcpSocket, private StreamObserver {
    Q_OBJECT
public:
    /// Bytes kept unread; more stay with TCP.
    static constexpr qsizetype kReadBufferBytes = 64 * 1024;

    /// Sees bytes before they can be read here; where it returns false they never can. It may
    /// close the socket.
    using Inspector = std::function<bool(QByteArrayView)>;

    /// `received` is what was read from the stream before and is to be read here again; the
    /// inspector does not see it.
    StreamSocket(StreamPtr stream, QByteArray received, QObject* parent = nullptr);
    ~StreamSocket() override;
    void setInspector(Inspector inspector);
    /// Bytes that were read from the stream before, as if they came now; the inspector does not
    /// see them.
    void deliver(QByteArrayView bytes);

    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override;
    [[nodiscard]] bool canReadLine() const override;
    /// Sends what is pending and ends; disconnected() comes from inside. What had come can still be
    /// read, until close().
    void disconnectFromHost() override;
    void close() override;

protected:
    qint64 readData(char* bytes, qint64 most) override;
    qint64 writeData(const char* bytes, qint64 count) override;
    qint64 skipData(qint64 most) override;

private:
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;
    void readOn();
    void ended();

    StreamPtr m_stream;
    QByteArray m_received;
    Inspector m_inspector;
};

} // namespace sallyport
