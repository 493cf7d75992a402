// SPDX-License-Identifier: MIT
#include "core/upstream/digestlogin.h"

#include "core/support/ascii.h"

#include <QCryptographicHash>
#include <QString>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

struct Algorithm {
    QCryptographicHash::Algorithm hash;
    bool isSession;
};

std::optional<Algorithm> algorithmOf(const ProxyChallenge& challenge) {
    const QByteArray name = ascii::lowered(challenge.parameter("algorithm"));
    if (name.isEmpty() || name == "md5") return Algorithm{QCryptographicHash::Md5, false};
    if (name == "md5-sess") return Algorithm{QCryptographicHash::Md5, true};
    if (name == "sha-256") return Algorithm{QCryptographicHash::Sha256, false};
    if (name == "sha-256-sess") return Algorithm{QCryptographicHash::Sha256, true};
    return std::nullopt;
}

bool hasQop(const ProxyChallenge& challenge) { return !challenge.parameter("qop").isEmpty(); }

QByteArray quoted(const QByteArray& text) {
    QByteArray out("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\') out.append('\\');
        out.append(c);
    }
    return out.append('"');
}

} // namespace

bool canAnswerDigest(const ProxyChallenge& challenge) {
    if (challenge.scheme != "digest" || challenge.parameter("nonce").isEmpty()) return false;
    if (!algorithmOf(challenge)) return false;
    const auto qops = listMembers(challenge.parameter("qop"));
    return qops.empty() || std::any_of(qops.begin(), qops.end(), [](QByteArrayView each) {
               return ascii::equalsIgnoreCase(each, "auth");
           });
}

bool isStrongerDigest(const ProxyChallenge& a, const ProxyChallenge& b) {
    const auto isSha = [](const ProxyChallenge& each) {
        const auto algorithm = algorithmOf(each);
        return algorithm && algorithm->hash == QCryptographicHash::Sha256;
    };
    return isSha(a) && !isSha(b);
}

QByteArray digestAuthorization(const ProxyChallenge& challenge, const DigestRequest& request) {
    const Algorithm algorithm =
        algorithmOf(challenge).value_or(Algorithm{QCryptographicHash::Md5, false});
    const auto hash = [&](const QByteArray& text) {
        return QCryptographicHash::hash(text, algorithm.hash).toHex();
    };
    const QByteArray realm = challenge.parameter("realm");
    const QByteArray nonce = challenge.parameter("nonce");
    const QByteArray count = QByteArray::number(request.nonceCount, 16).rightJustified(8, '0');
    QByteArray secret = hash(request.user + ':' + realm + ':' + request.password);
    if (algorithm.isSession) secret = hash(secret + ':' + nonce + ':' + request.clientNonce);
    const QByteArray what = hash(request.method + ':' + request.uri);
    const QByteArray between =
        hasQop(challenge) ? nonce + ':' + count + ':' + request.clientNonce + ":auth" : nonce;

    const bool hidesUser = ascii::equalsIgnoreCase(challenge.parameter("userhash"), "true");
    const QByteArray user = hidesUser ? hash(request.user + ':' + realm) : request.user;
    QByteArray out = "Digest username=" + quoted(user) + ", realm=" + quoted(realm) +
                     ", nonce=" + quoted(nonce) + ", uri=" + quoted(request.uri) + ", response=\"" +
                     hash(secret + ':' + between + ':' + what) + '"';
    if (const QByteArray name = challenge.parameter("algorithm"); !name.isEmpty())
        out += ", algorithm=" + name;
    if (const QByteArray opaque = challenge.parameter("opaque"); !opaque.isEmpty())
        out += ", opaque=" + quoted(opaque);
    if (hasQop(challenge))
        out += ", qop=auth, nc=" + count + ", cnonce=\"" + request.clientNonce + '"';
    if (hidesUser) out += ", userhash=true";
    return out;
}

} // namespace sallyport
