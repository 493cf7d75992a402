// SPDX-License-Identifier: MIT
#include "core/tls/tlsservercontext.h"

#include "core/tls/tlserror.h"

#include <QCryptographicHash>

#include <openssl/err.h>

#include <array>

namespace sallyport {

namespace {

// OpenSSL gives the parameters.
// NOLINTNEXTLINE(readability-function-size)
int selectHttp(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* in,
               unsigned int inSize, void*) {
    static constexpr std::array<unsigned char, 9> kOurs{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int result =
        SSL_select_next_proto(&chosen, outSize, kOurs.data(), kOurs.size(), in, inSize);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void setVersions(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION);
    // Without tickets OpenSSL gives out names of sessions that it keeps itself, in TLS 1.3 as well.
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

/// RFC 9325 4.2 for TLS 1.2, the whole of RFC 8446 B.4 that OpenSSL enables for 1.3.
bool setCiphers(SSL_CTX* context) {
    return SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
           SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256:ECDSA+SHA384:RSA-PSS+SHA256:"
                                              "RSA-PSS+SHA384:RSA+SHA256") == 1;
}

void setSessions(SSL_CTX* context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_SERVER);
    SSL_CTX_sess_set_cache_size(context, TlsServerContext::kSessions);
    SSL_CTX_set_timeout(context, TlsServerContext::kSessionSeconds);
}

} // namespace

Result<std::shared_ptr<TlsServerContext>, QString> TlsServerContext::make() {
    ERR_clear_error();
    SslContextPtr context(SSL_CTX_new(TLS_server_method()));
    if (!context || !setCiphers(context.get()))
        return Failure{tlsFailureText(ERR_get_error(), TlsRole::Server)};
    setVersions(context.get());
    setSessions(context.get());
    SSL_CTX_set_alpn_select_cb(context.get(), &selectHttp, nullptr);
    return std::shared_ptr<TlsServerContext>(new TlsServerContext(std::move(context)));
}

std::unique_ptr<TlsEngine> TlsServerContext::connectionWith(const TlsIdentity& identity,
                                                            const QByteArray& host) const {
    SslPtr ssl(SSL_new(m_context.get()));
    SSL_set_accept_state(ssl.get());
    // A session is looked up with it: one of another host is not found. 32 bytes, the largest size.
    const QByteArray place = QCryptographicHash::hash(host, QCryptographicHash::Sha256);
    SSL_set_session_id_context(ssl.get(), reinterpret_cast<const unsigned char*>(place.data()),
                               static_cast<unsigned int>(place.size()));
    if (SSL_use_certificate(ssl.get(), identity.certificate.get()) != 1 ||
        SSL_use_PrivateKey(ssl.get(), identity.key.get()) != 1) {
        ERR_clear_error();
        return {};
    }
    return std::make_unique<TlsEngine>(std::move(ssl));
}

} // namespace sallyport
