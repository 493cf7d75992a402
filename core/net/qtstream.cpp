// SPDX-License-Identifier: MIT
#include "core/net/qtstream.h"

#include "core/net/streamerror.h"

#include <QScopedValueRollback>

#include <array>
#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sallyport {

namespace {

void shutdownSending(qintptr descriptor) {
#ifdef Q_OS_WIN
    ::shutdown(static_cast<SOCKET>(descriptor), SD_SEND);
#else
    ::shutdown(static_cast<int>(descriptor), SHUT_WR);
#endif
}

void resetOnClose(qintptr descriptor) {
    const linger reset{1, 0};
#ifdef Q_OS_WIN
    ::setsockopt(static_cast<SOCKET>(descriptor), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char*>(&reset), sizeof reset);
#else
    ::setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
#endif
}

bool kernelHoldsNothing(qintptr descriptor) {
#ifdef Q_OS_WIN
    Q_UNUSED(descriptor)
    return true;
#else
    char byte = 0;
    const auto peeked = ::recv(static_cast<int>(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#endif
}

} // namespace

StreamPtr QtStream::adopt(Deferred<QTcpSocket> socket, DeadlineQueue& deadlines) {
    return StreamPtr(new QtStream(std::move(socket), deadlines));
}

QtStream::QtStream(Deferred<QTcpSocket> socket, DeadlineQueue& deadlines)
    : m_socket(std::move(socket))
    , m_deadlines(deadlines)
    , m_peer{m_socket->peerAddress(), m_socket->peerPort()} {
    m_socket->setReadBufferSize(kReadBufferBytes);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    listenToSocket();
    if (m_socket->state() != QAbstractSocket::ConnectedState) m_hasEnded = true;
}

void QtStream::listenToSocket() {
    QTcpSocket* const socket = m_socket.get();
    connect(socket, &QTcpSocket::readyRead, this, &QtStream::pump);
    connect(socket, &QTcpSocket::errorOccurred, this, &QtStream::ended);
    connect(socket, &QTcpSocket::disconnected, this,
            [this] { ended(QAbstractSocket::RemoteHostClosedError); });
    connect(socket, &QTcpSocket::bytesWritten, this, &QtStream::wrote);
}

void QtStream::release() {
    m_observer = nullptr;
    if (m_closing.isLingering() && m_isOpen) {
        m_hasOwner = false;
        setParent(&m_deadlines); // what is left at the end is freed with the queue
        return;
    }
    closeSocket();
    deleteLater();
}

void QtStream::setObserver(StreamObserver* observer) {
    m_observer = observer;
    if (observer && (m_failure || m_hasEnded)) queuePump();
}

void QtStream::setReading(bool on) {
    if (m_reading == on || !m_isOpen || m_closing.isLingering()) return;
    m_reading = on;
    if (on) queuePump();
}

void QtStream::write(QByteArrayView first, QByteArrayView second) {
    Q_ASSERT(m_closing.mayWrite() || !m_isOpen);
    if (!m_isOpen || !m_closing.mayWrite() || m_failure) return;
    if (m_hasEnded) {
        m_failure =
            StreamError{StreamFault::Reset, QStringLiteral("the peer closed the connection")};
        queuePump();
        return;
    }
    const QScopedValueRollback guard(m_inCall, true);
    m_socket->write(first.data(), first.size());
    if (!second.isEmpty()) m_socket->write(second.data(), second.size());
    // Without it the bytes wait for the next turn of the event loop.
    m_socket->flush();
    m_wasPending = pendingBytes() > 0;
    if (isCongested()) m_wasCongested = true;
}

qsizetype QtStream::pendingBytes() const {
    if (!m_isOpen || m_hasEnded) return 0;
    return static_cast<qsizetype>(m_socket->bytesToWrite());
}

void QtStream::finishWriting() { carryOut(m_closing.finish(pendingBytes() > 0)); }

void QtStream::closeGracefully() {
    m_observer = nullptr;
    if (!m_isOpen || m_closing.isLingering()) return;
    m_reading = true;
    queuePump();
    carryOut(m_closing.linger(pendingBytes() > 0));
}

void QtStream::carryOut(const ClosingActions& actions) {
    if (!m_isOpen) return;
    // Of a peer that has ended, the socket has closed the descriptor.
    if (actions.sendsEnd && !m_hasEnded) shutdownSending(m_socket->socketDescriptor());
    if (actions.timer) {
        if (!m_lingerDeadline)
            m_lingerDeadline = std::make_unique<Deadline>(
                m_deadlines, [this] { carryOut(m_closing.timerExpired()); });
        m_lingerDeadline->arm(*actions.timer);
    }
    if (!actions.closes) return;
    closeSocket();
    if (!m_hasOwner) deleteLater();
}

void QtStream::abort() {
    m_observer = nullptr;
    if (!m_isOpen) return;
    if (!m_hasEnded) resetOnClose(m_socket->socketDescriptor());
    closeSocket();
}

bool QtStream::isReusable() const {
    if (!m_isOpen || m_hasEnded || m_failure || m_socket->bytesAvailable() > 0) return false;
    if (m_socket->state() != QAbstractSocket::ConnectedState) return false;
    return kernelHoldsNothing(m_socket->socketDescriptor());
}

Endpoint QtStream::peer() const { return m_peer; }

Endpoint QtStream::local() const { return {m_socket->localAddress(), m_socket->localPort()}; }

void QtStream::queuePump() {
    if (m_isQueued) return;
    m_isQueued = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isQueued = false;
            pump();
        },
        Qt::QueuedConnection);
}

void QtStream::pump() {
    if (!m_isOpen) return;
    if (m_inCall || m_isPumping) {
        queuePump();
        return;
    }
    const QScopedValueRollback guard(m_isPumping, true);
    readShare();
    if (m_isOpen) tellOutcome();
}

void QtStream::readShare() {
    std::array<char, 32 * 1024> bytes; // NOLINT: filled by read()
    qint64 share = kShareBytes;
    while (m_isOpen && m_reading && share > 0) {
        const qint64 count = m_socket->read(bytes.data(), bytes.size());
        if (count <= 0) return;
        share -= count;
        if (m_observer) m_observer->streamReceived(QByteArrayView(bytes.data(), count));
    }
    if (m_isOpen && m_reading) queuePump();
}

void QtStream::tellOutcome() {
    const bool isReadOut = m_socket->bytesAvailable() == 0;
    if (m_closing.isLingering()) {
        if (m_hasEnded || m_failure) carryOut(m_closing.failed());
        return;
    }
    if (!m_observer) return;
    if (m_hasEnded && !m_closing.hasPeerFinished() && m_reading && isReadOut && !m_failure) {
        carryOut(m_closing.peerFinished());
        m_observer->streamPeerFinished();
        return;
    }
    if (!m_failure || (m_reading && !isReadOut)) return;
    StreamObserver& observer = *m_observer;
    const StreamError failure = *m_failure;
    m_observer = nullptr;
    closeSocket();
    observer.streamFailed(failure);
}

void QtStream::wrote() {
    if (!m_isOpen) return;
    const qsizetype pending = pendingBytes();
    carryOut(m_closing.wrote(pending > 0));
    const bool hasRoom = m_wasCongested && pending < kLowWatermark;
    if (m_inCall || (!hasRoom && !(m_wasPending && pending == 0))) return;
    m_wasCongested = false;
    if (pending == 0) m_wasPending = false;
    if (m_observer) m_observer->streamWritable();
}

void QtStream::ended(QAbstractSocket::SocketError error) {
    if (error == QAbstractSocket::TemporaryError) return;
    if (error != QAbstractSocket::RemoteHostClosedError && !m_failure && !m_hasEnded)
        m_failure = streamErrorFromSocket(*m_socket, error);
    m_hasEnded = true;
    pump();
}

void QtStream::closeSocket() {
    if (!m_isOpen) return;
    m_isOpen = false;
    m_closing.closed();
    if (m_lingerDeadline) m_lingerDeadline->disarm();
    m_socket->disconnect(this);
    m_socket->abort();
}

} // namespace sallyport
