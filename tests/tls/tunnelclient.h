// SPDX-License-Identifier: MIT
#pragma once

#include "opensslclient.h"
#include "tests/net/loopbackpeer.h"

#include <QTest>

#include <memory>

namespace sallyport::test {

/// A client of a proxy that speaks TLS inside a tunnel of CONNECT, by OpenSSL alone.
class TunnelClient {
public:
    explicit TunnelClient(quint16 proxyPort)
        : socket(connectToLoopback(proxyPort)) {}

    /// Waits for the response to CONNECT, which may be a refusal.
    bool connectTo(const QByteArray& authority, const QByteArray& more = {}) {
        send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + more + "\r\n");
        return QTest::qWaitFor([this] {
            turn();
            return plain.contains("\r\n\r\n") || hasEnded();
        });
    }
    /// True once the handshake is done.
    bool beginTls(const OpenSslClientOptions& options) {
        tls = std::make_unique<OpenSslClient>(options);
        plain.clear();
        tls->take();
        return QTest::qWaitFor([this] {
                   turn();
                   return tls->isEstablished() || tls->hasFailed || hasEnded();
               }) &&
               tls->isEstablished();
    }
    /// Into the tunnel, by TLS where that has begun.
    void send(const QByteArray& bytes) {
        if (tls)
            tls->write(bytes);
        else
            m_toSend += bytes;
        turn();
    }
    /// Moves what can be moved.
    void turn() {
        const QByteArray got = socket.receive();
        if (tls) {
            if (!got.isEmpty()) tls->take(got);
            m_toSend += tls->give();
        } else {
            plain += got;
        }
        if (m_toSend.isEmpty() || socket.descriptor() < 0) return;
        const qsizetype sent = socket.send(m_toSend);
        if (sent > 0) m_toSend.remove(0, sent);
    }
    [[nodiscard]] QByteArray& received() { return tls ? tls->received : plain; }
    bool waitFor(const QByteArray& text) {
        return QTest::qWaitFor(
            [&] {
                turn();
                return received().contains(text);
            },
            10'000);
    }
    bool waitForEnd() {
        return QTest::qWaitFor([&] {
            turn();
            return hasEnded();
        });
    }
    [[nodiscard]] bool hasEnded() const { return socket.isAtEnd || socket.error != 0; }
    [[nodiscard]] bool hasUnsent() const { return !m_toSend.isEmpty(); }

    LoopbackPeer socket;
    std::unique_ptr<OpenSslClient> tls;
    QByteArray plain; ///< what came outside TLS

private:
    QByteArray m_toSend;
};

} // namespace sallyport::test
