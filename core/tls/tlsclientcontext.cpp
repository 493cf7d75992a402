// SPDX-License-Identifier: MIT
#include "core/tls/tlsclientcontext.h"

#include "core/tls/clientcertificate.h"
#include "core/tls/tlserror.h"

#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace sallyport {

namespace {

void addRoots(SSL_CTX* context, const TlsClientOptions& options, SystemRoots& roots) {
    X509_STORE* const store = SSL_CTX_get_cert_store(context);
    for (const QSslCertificate& root : options.extraRoots) {
        const QByteArray der = root.toDer();
        const auto* at = reinterpret_cast<const unsigned char*>(der.constData());
        const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
        if (certificate) X509_STORE_add_cert(store, certificate.get());
    }
    roots.addTo(*store);
    // What tls.ca_file names is trusted as it is, also an intermediate without its root, or the
    // server's own certificate: so do curl, GnuTLS and Go. Its names and dates are checked all the
    // same.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
}

void setVersions(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

void setProtocol(SSL_CTX* context, const QByteArray& alpn) {
    if (alpn.isEmpty() || alpn.size() > 255) return;
    const QByteArray list = static_cast<char>(alpn.size()) + alpn;
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(list.constData()),
                            static_cast<unsigned int>(list.size()));
}

/// RFC 6066 3: SNI has names only, without a final dot; RFC 9525 6: what the certificate must say.
/// False when the name cannot be checked: OpenSSL takes an empty one for "any".
bool setName(SSL* ssl, const QByteArray& name, bool isAddress) {
    X509_VERIFY_PARAM* const param = SSL_get0_param(ssl);
    if (isAddress) return X509_VERIFY_PARAM_set1_ip_asc(param, name.constData()) == 1;
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                               X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    // What the macro SSL_set_tlsext_host_name() does; the library copies the name.
    char* const text = const_cast<char*>(name.constData());
    return !name.isEmpty() &&
           SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, text) == 1 &&
           X509_VERIFY_PARAM_set1_host(param, name.constData(),
                                       static_cast<std::size_t>(name.size())) == 1;
}

} // namespace

Result<std::shared_ptr<TlsClientContext>, QString>
TlsClientContext::make(const TlsClientOptions& options, SystemRoots& roots) {
    SslContextPtr context(SSL_CTX_new(TLS_client_method()));
    if (!context) return Failure{tlsFailureText(ERR_get_error())};
    setVersions(context.get());
    setProtocol(context.get(), options.alpn);
    if (options.verify) {
        addRoots(context.get(), options, roots);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, &TlsEngine::noteTrustProblem);
    } else {
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    }
    if (!options.certificateChain.isEmpty()) {
        const QString fault =
            useClientCertificate(*context, {options.certificateChain, options.privateKey});
        if (!fault.isEmpty()) return Failure{fault};
    }
    SSL_CTX_set_session_cache_mode(context.get(),
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context.get(), &TlsEngine::keepSession);
    return std::shared_ptr<TlsClientContext>(new TlsClientContext(std::move(context)));
}

std::unique_ptr<TlsEngine> TlsClientContext::connectionTo(const QByteArray& name, quint16 port,
                                                          NamedBy namedBy) const {
    SslPtr ssl(SSL_new(m_context.get()));
    SSL_set_connect_state(ssl.get());
    QByteArray plain = name;
    if (plain.endsWith('.')) plain.chop(1);
    if (const auto scope = plain.indexOf('%'); scope > 0) plain.truncate(scope);
    QHostAddress address;
    if (!setName(ssl.get(), plain, address.setAddress(QString::fromLatin1(plain)))) {
        ERR_clear_error();
        return {};
    }
    const QByteArray server = plain + ' ' + QByteArray::number(port);
    if (const SslSessionPtr session = m_sessions->take(server))
        SSL_set_session(ssl.get(), session.get());
    return std::make_unique<TlsEngine>(std::move(ssl), TlsSessionPlace{m_sessions, server},
                                       TlsPeerName{QString::fromLatin1(plain), namedBy});
}

} // namespace sallyport
