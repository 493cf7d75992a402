// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace sallyport::test {

/// What the TLS client of a test is like.
struct OpenSslClientOptions {
    QByteArray root;       ///< PEM; empty: the certificate is not checked
    QByteArray serverName; ///< for SNI and the check; empty: no SNI
    QByteArray address;    ///< checked in place of serverName; never in SNI
    QByteArray protocols = QByteArray("\x08http/1.1"); ///< ALPN as it is sent; empty: none
    int version = TLS1_3_VERSION;                      ///< the only one it speaks
    std::function<void(SSL_CTX*)> tune;                ///< for what else; may be null
};

/// OpenSSL's own client over two memory BIOs: independent of the engine under test.
class OpenSslClient {
public:
    explicit OpenSslClient(const OpenSslClientOptions& options);
    /// Its session stays good, as after a proper end.
    ~OpenSslClient() { SSL_set_shutdown(m_ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); }
    OpenSslClient(const OpenSslClient&) = delete;
    OpenSslClient& operator=(const OpenSslClient&) = delete;

    /// Another connection, with what this one has learned for a shorter handshake.
    [[nodiscard]] std::unique_ptr<OpenSslClient> again(const OpenSslClientOptions& options) const;
    /// Begins or goes on with the handshake, and decrypts into `received`.
    void take(QByteArrayView encrypted = {});
    /// Encrypted bytes for the server.
    [[nodiscard]] QByteArray give();
    void write(QByteArrayView plain);
    void closeNotify() { SSL_shutdown(m_ssl.get()); }
    void updateKeys();
    void renegotiate();
    [[nodiscard]] bool isEstablished() const { return SSL_is_init_finished(m_ssl.get()) == 1; }
    [[nodiscard]] bool wasResumed() const { return SSL_session_reused(m_ssl.get()) == 1; }
    [[nodiscard]] bool sawCloseNotify() const {
        return (SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    [[nodiscard]] QByteArray protocol() const;
    [[nodiscard]] SSL* ssl() const { return m_ssl.get(); }

    QByteArray received;
    bool hasFailed = false;
    std::optional<int> alert; ///< that the server sent

private:
    static int keepSession(SSL* ssl, SSL_SESSION* session);

    SslContextPtr m_context;
    std::shared_ptr<SSL_SESSION> m_session; ///< the newest
    SslPtr m_ssl;
};

} // namespace sallyport::test
