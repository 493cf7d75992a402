// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sallyport::test {

/// The other end of a connection: a bare non-blocking descriptor, so that half-close, reset and
/// silence are exactly what a test says.
class LoopbackPeer {
public:
    explicit LoopbackPeer(int descriptor = -1)
        : m_descriptor(descriptor) {}
    LoopbackPeer(LoopbackPeer&& other) noexcept
        : isAtEnd(other.isAtEnd)
        , error(other.error)
        , m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    LoopbackPeer& operator=(LoopbackPeer&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        isAtEnd = other.isAtEnd;
        error = other.error;
        return *this;
    }
    ~LoopbackPeer() { close(); }

    /// How much the kernel took.
    qsizetype send(QByteArrayView bytes) {
        return static_cast<qsizetype>(::send(m_descriptor, bytes.data(),
                                             static_cast<std::size_t>(bytes.size()),
                                             MSG_NOSIGNAL | MSG_DONTWAIT));
    }
    /// What is there now; sets `isAtEnd` or `error`.
    QByteArray receive() {
        QByteArray all;
        std::array<char, 65536> buffer; // NOLINT: filled by recv()
        while (true) {
            const auto n = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (n == 0) isAtEnd = true;
            if (n < 0 && errno != EAGAIN) error = errno;
            if (n <= 0) return all;
            all.append(buffer.data(), static_cast<qsizetype>(n));
        }
    }
    void finishWriting() { ::shutdown(m_descriptor, SHUT_WR); }
    void reset() {
        const linger now{1, 0};
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    void close() {
        if (m_descriptor >= 0) ::close(m_descriptor);
        m_descriptor = -1;
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

    bool isAtEnd = false;
    int error = 0;

private:
    int m_descriptor;
};

/// A listening socket on a free port of 127.0.0.1.
class LoopbackServer {
public:
    LoopbackServer() {
        m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof in;
        ::bind(m_descriptor, reinterpret_cast<sockaddr*>(&in), size);
        ::listen(m_descriptor, 1024);
        ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&in), &size);
        m_port = ntohs(in.sin_port);
    }
    ~LoopbackServer() { ::close(m_descriptor); }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// The next connection that waits; its descriptor is -1 when there is none.
    [[nodiscard]] LoopbackPeer accept() {
        return LoopbackPeer(::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC));
    }

private:
    int m_descriptor = -1;
    quint16 m_port = 0;
};

/// A connection to a port of 127.0.0.1; its descriptor is -1 when that was refused.
inline LoopbackPeer connectToLoopback(quint16 port) {
    LoopbackPeer peer(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in.sin_port = htons(port);
    if (::connect(peer.descriptor(), reinterpret_cast<sockaddr*>(&in), sizeof in) != 0)
        peer.close();
    return peer;
}

/// Two ends of one TCP connection: `ours` goes into a reactor.
struct LoopbackPair {
    int ours = -1;
    LoopbackPeer peer;
};

inline LoopbackPair makeLoopbackPair() {
    LoopbackServer server;
    LoopbackPair pair;
    pair.ours = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in.sin_port = htons(server.port());
    ::connect(pair.ours, reinterpret_cast<sockaddr*>(&in), sizeof in);
    pair.peer = server.accept();
    return pair;
}

} // namespace sallyport::test
