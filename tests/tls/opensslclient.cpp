// SPDX-License-Identifier: MIT
#include "tests/tls/opensslclient.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>

namespace sallyport::test {

namespace {

void trust(SSL_CTX* context, const QByteArray& pem) {
    const BioPtr from(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    while (X509Ptr root{PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr)})
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root.get());
    ERR_clear_error();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
}

void ask(SSL* ssl, const OpenSslClientOptions& options) {
    if (!options.serverName.isEmpty()) {
        char* const name = const_cast<char*>(options.serverName.constData());
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
        SSL_set1_host(ssl, options.serverName.constData());
    }
    if (!options.address.isEmpty())
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), options.address.constData());
}

} // namespace

OpenSslClient::OpenSslClient(const OpenSslClientOptions& options)
    : m_context(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX* const context = m_context.get();
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, options.version);
    SSL_CTX_set_max_proto_version(context, options.version);
    if (!options.root.isEmpty()) trust(context, options.root);
    SSL_CTX_set_alpn_protos(context,
                            reinterpret_cast<const unsigned char*>(options.protocols.constData()),
                            static_cast<unsigned int>(options.protocols.size()));
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &keepSession);
    if (options.tune) options.tune(context);
    m_ssl.reset(SSL_new(context));
    SSL_set_bio(m_ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(m_ssl.get());
    SSL_set_app_data(m_ssl.get(), this);
    ask(m_ssl.get(), options);
}

std::unique_ptr<OpenSslClient> OpenSslClient::again(const OpenSslClientOptions& options) const {
    auto next = std::make_unique<OpenSslClient>(options);
    if (m_session) SSL_set_session(next->m_ssl.get(), m_session.get());
    next->m_session = m_session; // TLS 1.2 gives no other for a resumed one
    return next;
}

int OpenSslClient::keepSession(SSL* ssl, SSL_SESSION* session) {
    static_cast<OpenSslClient*>(SSL_get_app_data(ssl))->m_session =
        std::shared_ptr<SSL_SESSION>(session, SSL_SESSION_free);
    return 1;
}

void OpenSslClient::take(QByteArrayView encrypted) {
    if (!encrypted.isEmpty())
        BIO_write(SSL_get_rbio(m_ssl.get()), encrypted.data(), static_cast<int>(encrypted.size()));
    ERR_clear_error();
    const auto note = [this](int result) {
        const int why = SSL_get_error(m_ssl.get(), result);
        hasFailed |= why != SSL_ERROR_WANT_READ && why != SSL_ERROR_ZERO_RETURN;
        const int reason = ERR_GET_REASON(ERR_peek_error());
        if (why == SSL_ERROR_SSL && reason > SSL_AD_REASON_OFFSET)
            alert = reason - SSL_AD_REASON_OFFSET;
        ERR_clear_error();
    };
    if (const int result = SSL_do_handshake(m_ssl.get()); result != 1) {
        note(result);
        return;
    }
    std::array<char, 16384> plain; // NOLINT: filled by SSL_read()
    while (true) {
        const int count = SSL_read(m_ssl.get(), plain.data(), static_cast<int>(plain.size()));
        if (count <= 0) {
            note(count);
            return;
        }
        received.append(plain.data(), count);
    }
}

QByteArray OpenSslClient::give() {
    BIO* const bio = SSL_get_wbio(m_ssl.get());
    QByteArray out(static_cast<qsizetype>(BIO_ctrl_pending(bio)), Qt::Uninitialized);
    if (!out.isEmpty()) BIO_read(bio, out.data(), static_cast<int>(out.size()));
    return out;
}

void OpenSslClient::write(QByteArrayView plain) {
    SSL_write(m_ssl.get(), plain.data(), static_cast<int>(plain.size()));
}

void OpenSslClient::updateKeys() {
    SSL_key_update(m_ssl.get(), SSL_KEY_UPDATE_REQUESTED);
    SSL_do_handshake(m_ssl.get());
}

void OpenSslClient::renegotiate() {
    SSL_renegotiate(m_ssl.get());
    SSL_do_handshake(m_ssl.get());
}

QByteArray OpenSslClient::protocol() const {
    const unsigned char* at = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &at, &size);
    return QByteArray(reinterpret_cast<const char*>(at), static_cast<qsizetype>(size));
}

} // namespace sallyport::test
