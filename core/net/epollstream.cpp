// SPDX-License-Identifier: MIT
#include "core/net/epollstream.h"

#include "core/net/sockaddress.h"
#include "core/net/streamerror.h"
#include "core/net/tcpprogress.h"

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace sallyport {

namespace {

bool isTransient(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

iovec toVector(QByteArrayView bytes) {
    // sendmsg() does not write through the pointer.
    return {const_cast<char*>(bytes.data()), static_cast<std::size_t>(bytes.size())};
}

} // namespace

StreamPtr EpollStream::adopt(EpollLoop& loop, DeadlineQueue& deadlines, int descriptor) {
    return StreamPtr(new EpollStream(loop, deadlines, descriptor));
}

EpollStream::EpollStream(EpollLoop& loop, DeadlineQueue& deadlines, int descriptor)
    : m_loop(loop)
    , m_deadlines(deadlines)
    , m_ackedAtStart(acknowledgedBytes(descriptor))
    , m_descriptor(descriptor) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!m_loop.watch(descriptor, EPOLLIN | EPOLLOUT | EPOLLRDHUP, *this)) noteError(errno);
}

EpollStream::~EpollStream() { closeDescriptor(); }

void EpollStream::release() {
    m_observer = nullptr;
    std::unique_ptr<EpollSource> self(static_cast<EpollSource*>(this));
    if (m_closing.isLingering() && isOpen()) {
        m_hasOwner = false;
        m_loop.keep(std::move(self));
        m_loop.lingering().add(*this);
        return;
    }
    closeDescriptor();
    m_loop.deferDelete(std::move(self));
}

void EpollStream::setObserver(StreamObserver* observer) {
    m_observer = observer;
    if (observer && m_error && isOpen()) m_loop.schedule(*this);
}

void EpollStream::setReading(bool on) {
    if (m_reading == on || !isOpen() || m_closing.isLingering()) return;
    m_reading = on;
    // No edge will tell again of what came meanwhile.
    if (on && (m_mayRead || m_error)) m_loop.schedule(*this);
}

void EpollStream::write(QByteArrayView first, QByteArrayView second) {
    Q_ASSERT(m_closing.mayWrite() || !isOpen());
    if (!isOpen() || !m_closing.mayWrite() || m_error) return;
    boundKernelBuffer(first.size() + second.size());
    const qsizetype sent = m_pending.isEmpty() ? sendNow(first, second) : 0;
    if (m_error) return;
    if (sent < first.size()) m_pending.append(first.sliced(sent));
    const qsizetype sentOfSecond = std::max<qsizetype>(0, sent - first.size());
    if (sentOfSecond < second.size()) m_pending.append(second.sliced(sentOfSecond));
    if (isCongested()) m_wasCongested = true;
}

void EpollStream::boundKernelBuffer(qsizetype written) {
    const bool wasBounded = m_smallWrites == kSmallWritesInARow;
    if (written > kSmallWrite)
        m_smallWrites = 0;
    else if (!wasBounded)
        ++m_smallWrites;
    const bool isBounded = m_smallWrites == kSmallWritesInARow;
    if (isBounded == wasBounded) return;
    const int limit = isBounded ? kMaxUnsentInKernel : 0; // 0: that of the system
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &limit, sizeof limit);
}

qsizetype EpollStream::sendNow(QByteArrayView first, QByteArrayView second) {
    constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
    ssize_t sent = 0;
    if (second.isEmpty()) { // nearly always, and cheaper
        sent = ::send(m_descriptor, first.data(), static_cast<std::size_t>(first.size()), kFlags);
    } else {
        std::array<iovec, 2> parts{toVector(first), toVector(second)};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        sent = ::sendmsg(m_descriptor, &message, kFlags);
    }
    if (sent >= 0) {
        m_accepted += static_cast<quint64>(sent);
        return sent;
    }
    if (!isTransient(errno)) noteError(errno);
    return 0;
}

// Linux says EPIPE where the reset found the peer's FIN already there, else ECONNRESET. The FIN
// carries an acknowledgement: where even that covers nothing of what was written, the peer had
// closed before it came. A reset alone says nothing, since the number in it is not looked at.
Delivery EpollStream::deliverySince(quint64 mark) const {
    if (m_accepted <= mark) return Delivery::None;
    const auto acked = isOpen() ? acknowledgedBytes(m_descriptor) : m_ackedAtEnd;
    if (!acked || !m_ackedAtStart || *acked - *m_ackedAtStart > mark) return Delivery::Unknown;
    if (m_error == EPIPE) return Delivery::None;
    return m_closing.hasPeerFinished() && !m_error ? Delivery::Undecided : Delivery::Unknown;
}

void EpollStream::finishWriting() { carryOut(m_closing.finish(!m_pending.isEmpty())); }

void EpollStream::closeGracefully() {
    m_observer = nullptr;
    if (!isOpen() || m_closing.isLingering()) return;
    m_reading = true;
    m_loop.schedule(*this);
    carryOut(m_closing.linger(!m_pending.isEmpty()));
}

void EpollStream::carryOut(const ClosingActions& actions) {
    if (!isOpen()) return;
    if (actions.sendsEnd) ::shutdown(m_descriptor, SHUT_WR);
    if (actions.timer) {
        if (!m_lingerDeadline)
            m_lingerDeadline = std::make_unique<Deadline>(
                m_deadlines, [this] { carryOut(m_closing.timerExpired()); });
        m_lingerDeadline->arm(*actions.timer);
    }
    if (!actions.closes) return;
    closeDescriptor();
    if (m_hasOwner) return;
    m_loop.lingering().remove(*this);
    m_loop.release(*this);
}

void EpollStream::cutLinger() {
    // With a reset, so that what is missing cannot be taken for the end.
    if (!m_pending.isEmpty()) resetOnClose();
    carryOut(m_closing.failed());
}

void EpollStream::abort() {
    m_observer = nullptr;
    if (!isOpen()) return;
    resetOnClose();
    closeDescriptor();
}

void EpollStream::resetOnClose() const {
    const linger reset{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

bool EpollStream::isReusable() const {
    if (!isOpen() || m_error || m_closing.hasPeerFinished()) return false;
    char byte = 0;
    const ssize_t peeked = ::recv(m_descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (peeked >= 0) return false;
    if (isTransient(errno)) return true;
    m_error = errno; // asking has taken it from the socket
    return false;
}

Endpoint EpollStream::peer() const {
    if (!m_peer && isOpen()) {
        SockAddress address;
        address.size = sizeof address.storage;
        if (::getpeername(m_descriptor, address.get(), &address.size) == 0)
            m_peer = toEndpoint(address);
    }
    return m_peer.value_or(Endpoint{});
}

Endpoint EpollStream::local() const {
    SockAddress address;
    address.size = sizeof address.storage;
    if (!isOpen() || ::getsockname(m_descriptor, address.get(), &address.size) != 0) return {};
    return toEndpoint(address);
}

void EpollStream::handleEvents(std::uint32_t events) {
    if (!isOpen()) return;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) m_isPeerClosePending = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) m_mayRead = true;
    if (events & EPOLLERR) noteSocketError();
    if ((events & EPOLLOUT) && !m_pending.isEmpty()) flushPending();
    takeTurn();
}

void EpollStream::takeTurn() {
    if (!isOpen()) return;
    if (m_reading && m_mayRead && !m_closing.hasPeerFinished()) readShare();
    if (!isOpen()) return;
    // With reading on, what the kernel still holds goes first; readShare() fails at its end.
    if (m_error && (!m_reading || m_closing.hasPeerFinished() || !m_mayRead)) {
        failNow();
        return;
    }
    if (m_isPeerClosePending && !m_reading && !m_closing.hasPeerFinished() &&
        !m_didTellPeerClosePending && m_observer) {
        m_didTellPeerClosePending = true;
        m_observer->streamPeerClosePending();
    }
}

void EpollStream::readShare() {
    qsizetype share = kShareBytes;
    while (isOpen() && m_reading && m_mayRead && share > 0)
        if (!receiveOnce(share)) return;
    if (isOpen() && m_reading && m_mayRead) m_loop.schedule(*this);
}

bool EpollStream::receiveOnce(qsizetype& share) {
    char* const buffer = m_loop.receiveBuffer();
    const ssize_t received = ::recv(m_descriptor, buffer, EpollLoop::kReceiveBytes, MSG_DONTWAIT);
    if (received <= 0) {
        if (received < 0 && errno == EINTR) return true;
        endOfInput(received, errno);
        return false;
    }
    share -= received;
    // epoll(7): less than was asked for means that the kernel has no more.
    if (static_cast<std::size_t>(received) < EpollLoop::kReceiveBytes && !m_isPeerClosePending)
        m_mayRead = false;
    if (m_observer) m_observer->streamReceived(QByteArrayView(buffer, received));
    return true;
}

void EpollStream::endOfInput(ssize_t received, int error) {
    m_mayRead = false;
    if (received < 0 && isTransient(error)) return;
    if (received < 0) noteError(error);
    if (m_error) return;
    carryOut(m_closing.peerFinished());
    if (m_observer) m_observer->streamPeerFinished();
}

void EpollStream::flushPending() {
    const qsizetype sent = sendNow(m_pending.front(), {});
    if (m_error || sent == 0) return;
    m_pending.take(sent);
    carryOut(m_closing.wrote(!m_pending.isEmpty()));
    const bool hasRoom = m_wasCongested && m_pending.size() < kLowWatermark;
    if (!hasRoom && !m_pending.isEmpty()) return;
    m_wasCongested = false;
    if (m_observer) m_observer->streamWritable();
}

void EpollStream::noteSocketError() {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) noteError(error);
}

void EpollStream::noteError(int error) {
    if (!m_error) m_error = error;
    // What is pending can go nowhere; what the peer said before can still be read.
    m_pending.clear();
    m_mayRead = true;
    m_isPeerClosePending = true;
    m_loop.schedule(*this);
}

void EpollStream::failNow() {
    if (m_closing.isLingering()) {
        carryOut(m_closing.failed());
        return;
    }
    if (!m_observer) return; // reported to the next one
    StreamObserver& observer = *m_observer;
    m_observer = nullptr;
    m_ackedAtEnd = acknowledgedBytes(m_descriptor);
    closeDescriptor();
    observer.streamFailed(streamErrorFromErrno(m_error));
}

void EpollStream::closeDescriptor() {
    if (!isOpen()) return;
    m_loop.unschedule(*this);
    m_loop.unwatch(m_descriptor);
    ::close(m_descriptor);
    m_descriptor = -1;
    if (m_lingerDeadline) m_lingerDeadline->disarm();
    m_closing.closed();
    m_pending.clear();
}

} // namespace sallyport
