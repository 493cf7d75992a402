// SPDX-License-Identifier: MIT
#include "core/tls/tlsengine.h"

#include "core/tls/tlserror.h"

#include <QCoreApplication>

#include <openssl/err.h>

#include <algorithm>
#include <cstring>

namespace sallyport {

/// A BIO over TlsEngine::Channel: unlike two of BIO_s_mem() it copies input once and keeps no
/// memory while idle.
struct TlsChannelBio {
    using Channel = TlsEngine::Channel;

    static int read(BIO* bio, char* to, int size) {
        auto& channel = *static_cast<Channel*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        const bool isHeld = !channel.held.isEmpty();
        const QByteArrayView from = isHeld ? channel.held.front() : channel.window;
        if (from.isEmpty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const qsizetype count = std::min<qsizetype>(size, from.size());
        std::memcpy(to, from.data(), static_cast<std::size_t>(count));
        if (isHeld)
            channel.held.take(count);
        else
            channel.window = channel.window.sliced(count);
        return static_cast<int>(count);
    }
    static int write(BIO* bio, const char* from, int size) {
        static_cast<Channel*>(BIO_get_data(bio))->output.append(from, size);
        return size;
    }
    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD* method() {
        static const auto made = [] {
            std::unique_ptr<BIO_METHOD, OpenSslFree<BIO_meth_free>> fresh(
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sallyport channel"));
            BIO_meth_set_read(fresh.get(), &read);
            BIO_meth_set_write(fresh.get(), &write);
            BIO_meth_set_ctrl(fresh.get(), &control);
            return fresh;
        }();
        return made.get();
    }
    static BIO* make(Channel& channel) {
        BIO* const bio = BIO_new(method());
        BIO_set_data(bio, &channel);
        BIO_set_init(bio, 1);
        return bio;
    }
};

TlsEngine::TlsEngine(SslPtr ssl, TlsSessionPlace place, TlsPeerName asked)
    : m_place(std::move(place))
    , m_asked(std::move(asked))
    , m_ssl(std::move(ssl)) {
    BIO* const bio = TlsChannelBio::make(m_channel);
    SSL_set_bio(m_ssl.get(), bio, bio);
    SSL_set_app_data(m_ssl.get(), this);
}

TlsEngine::~TlsEngine() {
    // Else OpenSSL throws away the session of a connection that ended without close_notify; TLS 1.1
    // has dropped that rule (RFC 4346 7.2.1).
    if (m_state == State::Open || m_state == State::PeerClosed)
        SSL_set_shutdown(m_ssl.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void TlsEngine::keepRest() {
    if (!m_channel.window.isEmpty()) m_channel.held.append(m_channel.window);
    m_channel.window = {};
}

std::vector<CertificateSummary> TlsEngine::peerChain() const {
    std::vector<CertificateSummary> out;
    const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(m_ssl.get());
    for (int i = 0; i < sk_X509_num(chain); ++i)
        out.push_back(summaryOf(*sk_X509_value(chain, i)));
    return out;
}

bool TlsEngine::hasInput() const {
    return !m_channel.held.isEmpty() || !m_channel.window.isEmpty() ||
           SSL_has_pending(m_ssl.get()) == 1;
}

void TlsEngine::handshake() {
    if (m_state != State::Handshaking) return;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    if (result == 1)
        m_state = State::Open;
    else if (SSL_get_error(m_ssl.get(), result) != SSL_ERROR_WANT_READ)
        fail();
}

qsizetype TlsEngine::read(std::span<char> room) {
    if (m_state != State::Open) return 0;
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(m_ssl.get(), room.data(), room.size(), &count);
    if (result == 1) return static_cast<qsizetype>(count);
    const int why = SSL_get_error(m_ssl.get(), result);
    if (why == SSL_ERROR_ZERO_RETURN)
        m_state = State::PeerClosed;
    else if (why != SSL_ERROR_WANT_READ)
        fail();
    return 0;
}

void TlsEngine::write(QByteArrayView first, QByteArrayView second) {
    if (!second.isEmpty() && first.size() + second.size() <= SSL3_RT_MAX_PLAIN_LENGTH) {
        QByteArray both;
        both.reserve(first.size() + second.size());
        both.append(first.data(), first.size()).append(second.data(), second.size());
        writeOne(both);
        return;
    }
    writeOne(first);
    writeOne(second);
}

void TlsEngine::writeOne(QByteArrayView bytes) {
    if (bytes.isEmpty() || (m_state != State::Open && m_state != State::PeerClosed)) return;
    ERR_clear_error();
    std::size_t count = 0;
    // The BIO takes everything: it is all or a failure.
    if (SSL_write_ex(m_ssl.get(), bytes.data(), static_cast<std::size_t>(bytes.size()), &count) !=
        1)
        fail();
}

void TlsEngine::closeWriting() {
    if (m_state != State::Open && m_state != State::PeerClosed) return;
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

void TlsEngine::fail() {
    const bool wasHandshaking = m_state == State::Handshaking;
    m_state = State::Failed;
    if (m_trustProblem) {
        m_error = {StreamFault::TlsUntrusted, trustProblemText(*m_trustProblem)};
    } else {
        const unsigned long code = ERR_peek_error();
        const auto role = SSL_is_server(m_ssl.get()) ? TlsRole::Server : TlsRole::Client;
        m_peerAlert = peerAlertOf(code);
        const QString why = tlsFailureText(code, role);
        m_error = {
            StreamFault::TlsFailed,
            wasHandshaking
                ? QCoreApplication::translate("TlsFailure", "TLS handshake failed: %1").arg(why)
                : QCoreApplication::translate("TlsFailure", "TLS failed: %1").arg(why)};
    }
    ERR_clear_error();
}

int TlsEngine::noteTrustProblem(int isOk, X509_STORE_CTX* store) {
    if (isOk) return isOk;
    const auto* const ssl = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    if (engine.m_trustProblem) return isOk;
    TrustProblem problem;
    problem.code = X509_STORE_CTX_get_error(store);
    problem.depth = X509_STORE_CTX_get_error_depth(store);
    problem.askedName = engine.m_asked.name;
    problem.namedBy = engine.m_asked.namedBy;
    const STACK_OF(X509)* const chain = X509_STORE_CTX_get0_chain(store);
    for (int i = 0; i < sk_X509_num(chain); ++i)
        problem.chain.push_back(summaryOf(*sk_X509_value(chain, i)));
    engine.m_trustProblem = std::move(problem);
    return isOk;
}

int TlsEngine::keepSession(SSL* ssl, SSL_SESSION* session) {
    auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
    if (!engine.m_place.sessions) return 0;
    engine.m_place.sessions->put(engine.m_place.server, SslSessionPtr(session));
    return 1; // the reference is ours now
}

} // namespace sallyport
