// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/net/bytestream.h"
#include "core/support/result.h"
#include "core/upstream/proxylogin.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <variant>

namespace sallyport {

/// How a proxy is used on a connection.
enum class ProxyForm {
    Tunnel,   ///< CONNECT, RFC 9110 9.3.6
    Absolute, ///< requests in absolute-form, RFC 9112 3.2.2
};

/// What comes first on a connection to an HTTP proxy: CONNECT, or for absolute-form the login, and
/// in both cases the answers to challenges (RFC 9110 11.7, 7617, 7616, 4559). Pure: what is to be
/// done comes out, what happened goes in.
///
/// With a user Digest is preferred, then NTLM, Basic and Negotiate; without one only Negotiate can
/// be answered. Basic never goes before a challenge: it is the password itself. For absolute-form
/// the login is made on a HEAD with `only-if-cached` (RFC 9111 5.2.1.7), so that no content has to
/// be sent twice: a proxy answers that itself, with 504. squid 5.7 answers `OPTIONS` with
/// `Max-Forwards: 0` by 501 before it asks for a login, and RFC 9110 9.3.8 has no login in a TRACE.
class ProxyHandshake {
public:
    struct Request {
        ProxyForm form = ProxyForm::Tunnel;
        QByteArray authority;   ///< `host:port` of the origin
        QString proxy;          ///< `host:port`, for people
        bool hasTokens = false; ///< AskToken can be answered
        /// Of the Via field (RFC 9110 7.6.3), where all this is done for a request that is
        /// forwarded: a way that leads back to us ends there. Empty: none.
        QByteArray via = {};
    };
    /// Send this, then read a response.
    struct Send {
        QByteArray bytes;
        bool onNewConnection = false;
    };
    /// Get a token for NTLM or Negotiate and give it to token().
    struct AskToken {
        QByteArray scheme;    ///< lower case
        QByteArray challenge; ///< of the proxy, decoded; empty at first
    };
    /// The connection can be used.
    struct Ready {
        bool onNewConnection = false;
    };
    struct Failed {
        StreamFault fault = StreamFault::Other;
        QString reason; ///< a clause that names the proxy and the way out
    };
    using Step = std::variant<Send, AskToken, Ready, Failed>;

    /// `login` outlives it.
    ProxyHandshake(ProxyLogin& login, ProxyIdentity identity, Request request)
        : m_login(login)
        , m_identity(std::move(identity))
        , m_request(std::move(request)) {}

    [[nodiscard]] Step start(Monotonic now);
    /// The error is a clause.
    [[nodiscard]] Step token(const Result<QByteArray, QString>& token);
    /// The final response to what was sent. `isPersistent`: more can be sent on its connection.
    [[nodiscard]] Step response(const ResponseHead& head, bool isPersistent, Monotonic now);
    /// The method that responses are read for.
    [[nodiscard]] QByteArrayView method() const {
        return m_request.form == ProxyForm::Tunnel ? "CONNECT" : "HEAD";
    }
    /// By which the proxy has let us in, as it is written: `Basic`; empty: without a login.
    [[nodiscard]] QString schemeName() const;

private:
    [[nodiscard]] QByteArray uri() const;
    [[nodiscard]] Send send(const QByteArray& authorization);
    [[nodiscard]] Step accepted();
    [[nodiscard]] Step challenged(const std::vector<ProxyChallenge>& offers, Monotonic now);
    [[nodiscard]] Step answer(const std::vector<ProxyChallenge>& offers);
    [[nodiscard]] Step refusedLogin(Monotonic now);
    [[nodiscard]] Failed refusedTarget(const ResponseHead& head) const;
    [[nodiscard]] Failed noLogin() const;
    [[nodiscard]] bool isTokenScheme() const {
        return m_scheme == "ntlm" || m_scheme == "negotiate";
    }

    ProxyLogin& m_login;
    ProxyIdentity m_identity;
    Request m_request;
    QByteArray m_scheme;                  ///< of the login that was sent last; empty: none
    QByteArrayList m_failed;              ///< schemes that did not work
    QStringList m_problems;               ///< why, in words
    std::vector<ProxyChallenge> m_offers; ///< of the latest 407
    int m_digests = 0;                    ///< sent in answer to a challenge
    int m_tokens = 0;                     ///< sent
    bool m_needsNew = false;              ///< the connection cannot be used for more
};

} // namespace sallyport
