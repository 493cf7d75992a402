// SPDX-License-Identifier: MIT
#include "tests/tls/opensslpeer.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>

namespace sallyport::test {

namespace {

BioPtr reading(const QByteArray& pem) {
    return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

/// The leaf first, then what else the PEM holds.
void useCertificates(SSL_CTX* context, const CertifiedKey& certificate) {
    const BioPtr chain = reading(certificate.certificate);
    const X509Ptr leaf(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_certificate(context, leaf.get());
    while (X509Ptr above{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)})
        SSL_CTX_add1_chain_cert(context, above.get());
    const BioPtr key = reading(certificate.key);
    const PrivateKeyPtr own(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_PrivateKey(context, own.get());
    ERR_clear_error();
}

int selectHttp(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* in,
               unsigned int inSize, void*) {
    static const std::array<unsigned char, 12> ours{2,   'h', '2', 8,   'h', 't',
                                                    't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int result =
        SSL_select_next_proto(&chosen, outSize, ours.data(), ours.size(), in, inSize);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void askForCertificate(SSL_CTX* context, const QByteArray& root) {
    const BioPtr from = reading(root);
    const X509Ptr trusted(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr));
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    static const std::array<unsigned char, 4> id{'t', 'e', 's', 't'};
    SSL_CTX_set_session_id_context(context, id.data(), id.size());
}

} // namespace

OpenSslPeer::OpenSslPeer(const CertifiedKey& certificate, const OpenSslPeerOptions& options)
    : m_context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX* const context = m_context.get();
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, options.version);
    SSL_CTX_set_max_proto_version(context, options.version);
    useCertificates(context, certificate);
    SSL_CTX_set_alpn_select_cb(context, selectHttp, nullptr);
    if (!options.clientRoot.isEmpty()) askForCertificate(context, options.clientRoot);
    if (options.tune) options.tune(context);
    open();
}

OpenSslPeer::OpenSslPeer(std::shared_ptr<SSL_CTX> context)
    : m_context(std::move(context)) {
    open();
}

std::unique_ptr<OpenSslPeer> OpenSslPeer::again() const {
    return std::unique_ptr<OpenSslPeer>(new OpenSslPeer(m_context));
}

void OpenSslPeer::open() {
    m_ssl.reset(SSL_new(m_context.get()));
    SSL_set_bio(m_ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(m_ssl.get());
}

void OpenSslPeer::take(QByteArrayView encrypted) {
    BIO_write(SSL_get_rbio(m_ssl.get()), encrypted.data(), static_cast<int>(encrypted.size()));
    ERR_clear_error();
    if (!isEstablished()) {
        const int result = SSL_do_handshake(m_ssl.get());
        if (result != 1) {
            hasFailed |= SSL_get_error(m_ssl.get(), result) != SSL_ERROR_WANT_READ;
            return;
        }
    }
    std::array<char, 16384> plain; // NOLINT: filled by SSL_read()
    while (true) {
        const int count = SSL_read(m_ssl.get(), plain.data(), static_cast<int>(plain.size()));
        if (count > 0) {
            received.append(plain.data(), count);
            continue;
        }
        const int why = SSL_get_error(m_ssl.get(), count);
        hasFailed |= why != SSL_ERROR_WANT_READ && why != SSL_ERROR_ZERO_RETURN;
        ERR_clear_error();
        return;
    }
}

QByteArray OpenSslPeer::give() {
    BIO* const bio = SSL_get_wbio(m_ssl.get());
    QByteArray out(static_cast<qsizetype>(BIO_ctrl_pending(bio)), Qt::Uninitialized);
    if (!out.isEmpty()) BIO_read(bio, out.data(), static_cast<int>(out.size()));
    return out;
}

void OpenSslPeer::write(QByteArrayView plain) {
    if (!plain.isEmpty()) SSL_write(m_ssl.get(), plain.data(), static_cast<int>(plain.size()));
}

void OpenSslPeer::updateKeys() {
    SSL_key_update(m_ssl.get(), SSL_KEY_UPDATE_REQUESTED);
    SSL_do_handshake(m_ssl.get());
}

void OpenSslPeer::renegotiate() {
    SSL_renegotiate(m_ssl.get());
    SSL_do_handshake(m_ssl.get());
}

QByteArray OpenSslPeer::protocol() const {
    const unsigned char* at = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &at, &size);
    return QByteArray(reinterpret_cast<const char*>(at), static_cast<qsizetype>(size));
}

} // namespace sallyport::test
