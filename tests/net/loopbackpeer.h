// SPDX-License-Identifier: MIT
#pragma once

#include "tests/net/peerlayer.h"

#include <QByteArray>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sallyport::test {

/// The other end of a connection: a bare non-blocking descriptor, so that half-close, reset and
/// silence are exactly what a test says. With a layer its bytes go by TLS, and an end without a
/// closure alert is the error EPROTO.
class LoopbackPeer {
public:
    explicit LoopbackPeer(int descriptor = -1)
        : m_descriptor(descriptor) {}
    LoopbackPeer(LoopbackPeer&& other) noexcept
        : isAtEnd(other.isAtEnd)
        , error(other.error)
        , m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_layer(std::move(other.m_layer))
        , m_unsent(std::move(other.m_unsent))
        , m_received(std::move(other.m_received)) {}
    LoopbackPeer& operator=(LoopbackPeer&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_layer, other.m_layer);
        std::swap(m_unsent, other.m_unsent);
        std::swap(m_received, other.m_received);
        isAtEnd = other.isAtEnd;
        error = other.error;
        return *this;
    }
    ~LoopbackPeer() { close(); }

    /// How much the kernel took; a layer takes all while less than 1 MiB waits in it.
    qsizetype send(QByteArrayView bytes) {
        if (!m_layer) return sendRaw(bytes);
        flush();
        if (m_unsent.size() > 1024 * 1024) return 0;
        m_layer->write(bytes);
        flush();
        return bytes.size();
    }
    /// What is there now; sets `isAtEnd` or `error`.
    QByteArray receive() {
        turn();
        return m_layer ? m_layer->read() : std::exchange(m_received, {});
    }
    /// Moves what can be moved, and keeps what came for receive().
    void turn() {
        const QByteArray came = receiveRaw();
        if (!m_layer) {
            m_received += came;
            return;
        }
        if (!came.isEmpty()) m_layer->take(came);
        flush();
        if (isAtEnd && !m_layer->hasEnded() && error == 0) error = EPROTO;
        isAtEnd = m_layer->hasEnded();
    }
    void setLayer(std::shared_ptr<PeerLayer> layer) {
        m_layer = std::move(layer);
        // What a layer says by itself must not hold back what a test says before it resets.
        const int on = 1;
        ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        flush();
    }
    [[nodiscard]] bool isReady() const { return !m_layer || m_layer->isEstablished(); }
    void finishWriting() {
        endLayer();
        ::shutdown(m_descriptor, SHUT_WR);
    }
    void reset() {
        const linger now{1, 0};
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        m_layer.reset();
        close();
    }
    void close() {
        if (m_descriptor < 0) return;
        endLayer();
        ::close(m_descriptor);
        m_descriptor = -1;
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

    bool isAtEnd = false;
    int error = 0;

private:
    void endLayer() {
        if (!m_layer) return;
        m_layer->end();
        flush();
    }
    void flush() {
        if (!m_layer || m_descriptor < 0) return;
        m_unsent += m_layer->give();
        if (m_unsent.isEmpty()) return;
        if (const qsizetype sent = sendRaw(m_unsent); sent > 0) m_unsent.remove(0, sent);
    }
    qsizetype sendRaw(QByteArrayView bytes) {
        return static_cast<qsizetype>(::send(m_descriptor, bytes.data(),
                                             static_cast<std::size_t>(bytes.size()),
                                             MSG_NOSIGNAL | MSG_DONTWAIT));
    }
    QByteArray receiveRaw() {
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

    int m_descriptor;
    std::shared_ptr<PeerLayer> m_layer;
    QByteArray m_unsent;   ///< of the layer
    QByteArray m_received; ///< without a layer
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
        LoopbackPeer peer(::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC));
        if (makeLayer && peer.descriptor() >= 0) peer.setLayer(makeLayer());
        return peer;
    }

    std::function<std::shared_ptr<PeerLayer>()> makeLayer; ///< of each connection; may be null

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
