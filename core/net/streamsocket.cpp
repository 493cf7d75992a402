// SPDX-License-Identifier: MIT
#include "core/net/streamsocket.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sallyport {

StreamSocket::StreamSocket(StreamPtr stream, QByteArray received, QObject* parent)
    : QTcpSocket(parent)
    , m_stream(std::move(stream))
    , m_received(std::move(received)) {
    setPeerAddress(m_stream->peer().address);
    setPeerPort(m_stream->peer().port);
    setLocalAddress(m_stream->local().address);
    setLocalPort(m_stream->local().port);
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(QAbstractSocket::ConnectedState);
    m_stream->setObserver(this);
    readOn();
}

StreamSocket::~StreamSocket() {
    // QAbstractSocket's destructor would look for an engine of its own.
    setSocketState(QAbstractSocket::UnconnectedState);
}

void StreamSocket::setInspector(Inspector inspector) { m_inspector = std::move(inspector); }

qint64 StreamSocket::bytesAvailable() const {
    return QIODevice::bytesAvailable() + m_received.size();
}

qint64 StreamSocket::bytesToWrite() const { return m_stream ? m_stream->pendingBytes() : 0; }

bool StreamSocket::canReadLine() const {
    return m_received.contains('\n') || QIODevice::canReadLine();
}

void StreamSocket::disconnectFromHost() {
    if (!m_stream) return;
    m_stream->closeGracefully();
    ended();
}

void StreamSocket::close() {
    disconnectFromHost();
    // What can no longer be read must not look as if it could: QWebSocket reads for as long as
    // there is something.
    m_received.clear();
    QIODevice::close();
}

qint64 StreamSocket::readData(char* bytes, qint64 most) {
    const qint64 count = std::min<qint64>(most, m_received.size());
    if (count == 0) return m_stream ? 0 : -1;
    std::memcpy(bytes, m_received.constData(), static_cast<std::size_t>(count));
    m_received.remove(0, count);
    readOn();
    return count;
}

qint64 StreamSocket::skipData(qint64 most) {
    const qint64 count = std::min<qint64>(most, m_received.size());
    m_received.remove(0, count);
    readOn();
    return count;
}

qint64 StreamSocket::writeData(const char* bytes, qint64 count) {
    if (!m_stream) return -1;
    m_stream->write(QByteArrayView(bytes, count));
    return count;
}

void StreamSocket::readOn() {
    if (m_stream) m_stream->setReading(m_received.size() < kReadBufferBytes);
}

void StreamSocket::streamReceived(QByteArrayView bytes) {
    if (!m_inspector || m_inspector(bytes)) deliver(bytes);
}

void StreamSocket::deliver(QByteArrayView bytes) {
    m_received.append(bytes);
    readOn();
    emit readyRead();
}

void StreamSocket::streamPeerFinished() { disconnectFromHost(); }

void StreamSocket::streamWritable() { emit bytesWritten(0); }

void StreamSocket::streamFailed(const StreamError& error) {
    setSocketError(QAbstractSocket::RemoteHostClosedError);
    setErrorString(error.detail);
    emit errorOccurred(QAbstractSocket::RemoteHostClosedError);
    ended();
}

void StreamSocket::ended() {
    if (!m_stream) return;
    m_stream.reset();
    setSocketState(QAbstractSocket::UnconnectedState);
    emit stateChanged(QAbstractSocket::UnconnectedState);
    emit disconnected();
}

} // namespace sallyport
