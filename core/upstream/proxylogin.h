// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"
#include "core/upstream/proxychallenge.h"
#include "core/upstream/proxyfinder.h"

#include <QByteArray>

#include <chrono>
#include <functional>
#include <optional>

namespace sallyport {

/// What is known of the login to one proxy, over all connections to it. Decides nothing by itself,
/// see ProxyHandshake.
class ProxyLogin {
public:
    /// How long a password that was refused is not sent again: directories lock an account after
    /// a few wrong ones.
    static constexpr std::chrono::seconds kRest{60};

    /// `makeNonce` makes the client nonces of Digest: hexadecimal digits, no two alike.
    explicit ProxyLogin(std::function<QByteArray()> makeNonce)
        : m_makeNonce(std::move(makeNonce)) {}

    /// Of Basic, Digest, NTLM and Negotiate the one that the proxy was last logged in to by, in
    /// lower case; empty: not known yet, or none is asked for.
    [[nodiscard]] const QByteArray& scheme() const { return m_challenge.scheme; }
    /// The proxy has answered a request without a login, and has asked for none since.
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void opened();
    /// A connection that was logged in, or needed no login, was asked for one.
    void loginEnded();
    /// The challenge that is to be answered from now on.
    void challenged(const ProxyChallenge& challenge);
    /// Proxy-Authorization for a request by Basic or Digest, as far as the challenge is known; else
    /// empty. Each call counts as a request with the nonce.
    [[nodiscard]] QByteArray authorization(const QByteArray& method, const QByteArray& uri,
                                           const ProxyIdentity& identity);

    void refused(const ProxyIdentity& identity, Monotonic now);
    /// Whether `identity` was refused less than kRest ago.
    [[nodiscard]] bool isRefused(const ProxyIdentity& identity, Monotonic now) const {
        return m_refused && *m_refused == identity && now < m_refusedUntil;
    }

private:
    std::function<QByteArray()> m_makeNonce;
    ProxyChallenge m_challenge; ///< without a scheme: none
    QByteArray m_clientNonce;
    quint32 m_nonceCount = 0;
    std::optional<ProxyIdentity> m_refused;
    Monotonic m_refusedUntil{};
    bool m_isOpen = false;
};

} // namespace sallyport
