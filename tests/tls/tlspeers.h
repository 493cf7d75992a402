// SPDX-License-Identifier: MIT
#pragma once

#include "opensslpeer.h"
#include "tests/net/loopbackpeer.h"

#include <QCoreApplication>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace sallyport::test {

/// A TLS server on a port of 127.0.0.1 by OpenSSL alone; moves bytes every millisecond.
class TlsServer {
public:
    struct Connection {
        LoopbackPeer socket;
        std::unique_ptr<OpenSslPeer> tls;
        QByteArray toSend; ///< encrypted; what the kernel does not take waits
        bool isReading = true;
    };

    explicit TlsServer(const CertifiedKey& certificate, const OpenSslPeerOptions& options = {})
        : m_model(certificate, options) {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(); });
        m_timer.start(1);
    }
    [[nodiscard]] quint16 port() const { return m_listener.port(); }
    [[nodiscard]] Connection& at(std::size_t i) { return *connections.at(i); }
    /// What was written so far reaches the socket.
    void turn() {
        LoopbackPeer fresh = m_listener.accept();
        if (fresh.descriptor() >= 0) {
            connections.push_back(std::make_unique<Connection>());
            connections.back()->socket = std::move(fresh);
            connections.back()->tls = m_model.again();
        }
        for (const auto& connection : connections)
            move(*connection);
    }

    std::vector<std::unique_ptr<Connection>> connections;

private:
    static void move(Connection& connection) {
        if (connection.socket.descriptor() < 0) return;
        if (connection.isReading) {
            const QByteArray got = connection.socket.receive();
            if (!got.isEmpty()) connection.tls->take(got);
        }
        connection.toSend += connection.tls->give();
        if (connection.toSend.isEmpty()) return;
        const qsizetype sent = connection.socket.send(connection.toSend);
        if (sent > 0) connection.toSend.remove(0, sent);
    }

    OpenSslPeer m_model;
    LoopbackServer m_listener;
    QTimer m_timer;
};

} // namespace sallyport::test
