// SPDX-License-Identifier: MIT
#include "core/upstream/proxylogin.h"

#include "core/upstream/digestlogin.h"

#include <QString>

namespace sallyport {

void ProxyLogin::opened() {
    m_challenge = {};
    m_isOpen = true;
}

void ProxyLogin::loginEnded() {
    m_isOpen = false;
    // It goes with each request: the one that was refused had it.
    if (m_challenge.scheme == "basic") m_challenge = {};
}

void ProxyLogin::challenged(const ProxyChallenge& challenge) {
    m_isOpen = false;
    m_challenge = challenge;
    // RFC 7616 3.4.2: A1 of `-sess` keeps the client nonce of the first request, so all have it.
    m_clientNonce = m_makeNonce();
    m_nonceCount = 0;
}

QByteArray ProxyLogin::authorization(const QByteArray& method, const QByteArray& uri,
                                     const ProxyIdentity& identity) {
    if (m_challenge.scheme == "basic")
        return "Basic " + QByteArray(identity.user + ':' + identity.password).toBase64();
    if (m_challenge.scheme != "digest") return {};
    return digestAuthorization(m_challenge, {method, uri, identity.user, identity.password,
                                             m_clientNonce, ++m_nonceCount});
}

void ProxyLogin::refused(const ProxyIdentity& identity, Monotonic now) {
    m_refused = identity;
    m_refusedUntil = now + kRest;
    m_challenge = {};
}

} // namespace sallyport
