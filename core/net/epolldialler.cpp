// SPDX-License-Identifier: MIT
#include "core/net/epolldialler.h"

#include "core/net/epollstream.h"
#include "core/net/sockaddress.h"
#include "core/net/streamerror.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sallyport {

namespace {

class EpollDial;

/// The descriptor while it connects; outlives its dial until the batch is through.
class ConnectingSocket final : public EpollSource {
public:
    ConnectingSocket(EpollLoop& loop, EpollDial& owner)
        : m_loop(loop)
        , m_owner(&owner) {}
    ~ConnectingSocket() override { close(); }

    void start(const Endpoint& to);
    void close();
    [[nodiscard]] int takeDescriptor();
    void disown() { m_owner = nullptr; }

private:
    void handleEvents(std::uint32_t events) override;
    void runDeferred() override { settle(m_error); }
    void settle(int error);

    EpollLoop& m_loop;
    EpollDial* m_owner;
    int m_descriptor = -1;
    int m_error = 0;
    bool m_isSettled = false;
};

class EpollDial final : public Dial {
public:
    EpollDial(EpollLoop& loop, DeadlineQueue& deadlines, Observer& observer)
        : m_loop(loop)
        , m_deadlines(deadlines)
        , m_observer(observer)
        , m_socket(std::make_unique<ConnectingSocket>(loop, *this)) {}
    ~EpollDial() override {
        m_socket->close();
        m_socket->disown();
        m_loop.deferDelete(std::move(m_socket));
    }
    void start(const Endpoint& to) { m_socket->start(to); }
    void proceed() override {
        m_observer.dialReady(EpollStream::adopt(m_loop, m_deadlines, m_socket->takeDescriptor()));
    }
    void settled(int error) {
        if (error)
            m_observer.dialFailed(*this, streamErrorFromErrno(error));
        else
            m_observer.dialConnected(*this);
    }

private:
    EpollLoop& m_loop;
    DeadlineQueue& m_deadlines;
    Observer& m_observer;
    std::unique_ptr<ConnectingSocket> m_socket;
};

void ConnectingSocket::start(const Endpoint& to) {
    const SockAddress address = toSockAddress(to);
    m_descriptor =
        ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0 ||
        (::connect(m_descriptor, address.get(), address.size) != 0 && errno != EINPROGRESS)) {
        m_error = errno;
        m_loop.schedule(*this);
        return;
    }
    if (m_loop.watch(m_descriptor, EPOLLOUT, *this)) return;
    m_error = errno;
    m_loop.schedule(*this);
}

void ConnectingSocket::close() {
    m_loop.unschedule(*this);
    if (m_descriptor < 0) return;
    m_loop.unwatch(m_descriptor);
    ::close(m_descriptor);
    m_descriptor = -1;
}

int ConnectingSocket::takeDescriptor() {
    m_loop.unwatch(m_descriptor);
    return std::exchange(m_descriptor, -1);
}

void ConnectingSocket::handleEvents(std::uint32_t) {
    if (m_descriptor < 0) return;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    settle(error);
}

void ConnectingSocket::settle(int error) {
    if (m_isSettled || !m_owner) return;
    m_isSettled = true;
    m_owner->settled(error);
}

} // namespace

std::unique_ptr<Dial> EpollDialler::dial(const Endpoint& to, Dial::Observer& observer) {
    auto dial = std::make_unique<EpollDial>(m_loop, m_deadlines, observer);
    dial->start(to);
    return dial;
}

} // namespace sallyport
