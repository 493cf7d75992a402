// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytequeue.h"
#include "core/net/bytestream.h"
#include "core/tls/opensslhandle.h"
#include "core/tls/tlssessions.h"
#include "core/tls/trustproblem.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <span>

namespace sallyport {

/// Where the sessions of one connection go.
struct TlsSessionPlace {
    std::shared_ptr<TlsSessions> sessions; ///< null: nowhere
    QByteArray server;                     ///< under which name
};

/// What a client asked for; errors about the certificate say it.
struct TlsPeerName {
    QString name;
    NamedBy namedBy = NamedBy::Configuration;
};

/// TLS 1.2 and 1.3 without I/O: encrypted bytes in and out on one side, plain ones on the other.
/// Client or server, as `ssl` was made. Stays where it was made: `ssl` refers to it.
///
/// Bounds: of encrypted input it keeps what keepRest() was called with and what OpenSSL holds of a
/// record that is not whole (16 KiB and its header); plain bytes are encrypted at once, and
/// takeOutput() is for the caller to call.
class TlsEngine {
public:
    enum class State {
        Handshaking,
        Open,
        PeerClosed, ///< close_notify came: no more plain bytes
        Failed,
    };

    explicit TlsEngine(SslPtr ssl, TlsSessionPlace place = {}, TlsPeerName asked = {});
    ~TlsEngine();
    TlsEngine(const TlsEngine&) = delete;
    TlsEngine& operator=(const TlsEngine&) = delete;

    /// Encrypted bytes that came; borrowed until keepRest().
    void setInput(QByteArrayView encrypted) { m_channel.window = encrypted; }
    /// Copies what was not used of the input.
    void keepRest();
    [[nodiscard]] bool hasInput() const;

    /// Goes on with the handshake as far as the input reaches.
    void handshake();
    /// Plain bytes into `room`; 0 when there are no more for now, see state().
    [[nodiscard]] qsizetype read(std::span<char> room);
    /// Encrypts both, in order, in as few records as may be.
    void write(QByteArrayView first, QByteArrayView second = {});
    /// Makes our close_notify (RFC 8446 6.1); nothing is written after it.
    void closeWriting();
    /// Encrypted bytes to be sent; also after a failure, with the alert that tells the peer.
    [[nodiscard]] QByteArray takeOutput() { return std::exchange(m_channel.output, {}); }

    [[nodiscard]] State state() const { return m_state; }
    /// Set once state() is Failed.
    [[nodiscard]] const StreamError& error() const { return m_error; }
    /// The fatal alert that the peer has sent (RFC 8446 6.2), once state() is Failed by one.
    [[nodiscard]] std::optional<quint8> peerAlert() const { return m_peerAlert; }
    /// What the peer has shown, its own first; as far as it did.
    [[nodiscard]] std::vector<CertificateSummary> peerChain() const;
    [[nodiscard]] bool wasResumed() const { return SSL_session_reused(m_ssl.get()) == 1; }

    /// To be called by OpenSSL's verifier, see SSL_CTX_set_verify().
    [[nodiscard]] static int noteTrustProblem(int isOk, X509_STORE_CTX* store);
    /// To be called by OpenSSL for each new session, see SSL_CTX_sess_set_new_cb().
    [[nodiscard]] static int keepSession(SSL* ssl, SSL_SESSION* session);

private:
    friend struct TlsChannelBio;
    struct Channel {
        ByteQueue held;        ///< kept input, before …
        QByteArrayView window; ///< … the borrowed one
        QByteArray output;
    };

    void writeOne(QByteArrayView bytes);
    void fail();

    Channel m_channel;
    TlsSessionPlace m_place;
    TlsPeerName m_asked;
    std::optional<TrustProblem> m_trustProblem;
    StreamError m_error;
    std::optional<quint8> m_peerAlert;
    State m_state = State::Handshaking;
    SslPtr m_ssl; ///< last: goes first, and refers to the others
};

} // namespace sallyport
