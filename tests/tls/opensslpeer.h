// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"
#include "tests/net/testcertificates.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace sallyport::test {

/// What the TLS server of a test is like.
struct OpenSslPeerOptions {
    int version = TLS1_3_VERSION;       ///< the only one it speaks
    QByteArray clientRoot;              ///< PEM: a certificate by this one is asked of the client
    std::function<void(SSL_CTX*)> tune; ///< for what else; may be null
};

/// OpenSSL's own server over two memory BIOs: independent of the engine under test, and does what
/// a test says, also what a good server would not.
class OpenSslPeer {
public:
    OpenSslPeer(const CertifiedKey& certificate, const OpenSslPeerOptions& options = {});
    /// Another connection to the same server: tickets of this one are good for it.
    [[nodiscard]] std::unique_ptr<OpenSslPeer> again() const;
    OpenSslPeer(const OpenSslPeer&) = delete;
    OpenSslPeer& operator=(const OpenSslPeer&) = delete;

    /// Encrypted bytes from the client; goes on with the handshake and decrypts into `received`.
    void take(QByteArrayView encrypted);
    /// Encrypted bytes for the client.
    [[nodiscard]] QByteArray give();
    void write(QByteArrayView plain);
    void closeNotify() { SSL_shutdown(m_ssl.get()); }
    /// TLS 1.3: new keys, and the client is to take new ones too.
    void updateKeys();
    /// TLS 1.2: asks for another handshake.
    void renegotiate();
    [[nodiscard]] bool isEstablished() const { return SSL_is_init_finished(m_ssl.get()) == 1; }
    [[nodiscard]] bool sawCloseNotify() const {
        return (SSL_get_shutdown(m_ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    [[nodiscard]] bool wasResumed() const { return SSL_session_reused(m_ssl.get()) == 1; }
    [[nodiscard]] QByteArray serverName() const {
        return SSL_get_servername(m_ssl.get(), TLSEXT_NAMETYPE_host_name);
    }
    [[nodiscard]] QByteArray protocol() const;
    [[nodiscard]] SSL* ssl() const { return m_ssl.get(); }

    QByteArray received;
    bool hasFailed = false; ///< the handshake or a record; an alert of the client's counts

private:
    explicit OpenSslPeer(std::shared_ptr<SSL_CTX> context);
    void open();

    std::shared_ptr<SSL_CTX> m_context;
    SslPtr m_ssl;
};

} // namespace sallyport::test
