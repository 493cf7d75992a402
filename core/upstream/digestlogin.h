// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/proxychallenge.h"

#include <QByteArray>

namespace sallyport {

/// The request that a Digest answers for.
struct DigestRequest {
    QByteArray method;
    QByteArray uri; ///< as it stands in the request line
    QByteArray user;
    QByteArray password;
    QByteArray clientNonce; ///< hexadecimal digits
    quint32 nonceCount = 1; ///< of requests with this nonce, this one included
};

/// Whether `challenge` can be answered: algorithm MD5 or SHA-256, with `-sess` or without; qop
/// `auth` or none. SHA-512-256 is not among the hashes of QCryptographicHash.
[[nodiscard]] bool canAnswerDigest(const ProxyChallenge& challenge);

/// Whether `a` is to be preferred to `b`: SHA-256 to MD5 (RFC 7616 3.7).
[[nodiscard]] bool isStrongerDigest(const ProxyChallenge& a, const ProxyChallenge& b);

/// The value of Proxy-Authorization (RFC 7616 3.4), with `userhash` where it is asked for.
/// `challenge` is one that canAnswerDigest().
[[nodiscard]] QByteArray digestAuthorization(const ProxyChallenge& challenge,
                                             const DigestRequest& request);

} // namespace sallyport
