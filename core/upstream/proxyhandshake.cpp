// SPDX-License-Identifier: MIT
#include "core/upstream/proxyhandshake.h"

#include "core/support/ascii.h"
#include "core/upstream/digestlogin.h"
#include "core/upstream/proxyschemes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sallyport {

namespace {

constexpr int kProxyAuthenticationRequired = 407;
constexpr int kGatewayTimeout = 504;
constexpr int kLoopDetected = 508;
constexpr int kMostDigests = 2; ///< a nonce may end between the challenge and the answer
constexpr int kMostTokens = 8;

/// As RFCs 7617, 7616 and 4559 write them.
QString written(const QByteArray& scheme) {
    if (scheme == "ntlm") return QStringLiteral("NTLM");
    QString name = QString::fromLatin1(scheme);
    if (!name.isEmpty()) name[0] = name[0].toUpper();
    return name;
}

QString told(const char* text) { return QCoreApplication::translate("ProxyFailure", text); }

QString offeredSchemes(const std::vector<ProxyChallenge>& offers) {
    QStringList names;
    for (const ProxyChallenge& each : offers)
        if (const QString name = written(each.scheme); !names.contains(name)) names << name;
    return names.join(QStringLiteral(", "));
}

const ProxyChallenge* find(const std::vector<ProxyChallenge>& offers, const QByteArray& scheme) {
    const ProxyChallenge* best = nullptr;
    for (const ProxyChallenge& each : offers) {
        if (each.scheme != scheme) continue;
        if (scheme == "digest" && !canAnswerDigest(each)) continue;
        if (!best || (scheme == "digest" && isStrongerDigest(each, *best))) best = &each;
    }
    return best;
}

} // namespace

QString ProxyHandshake::schemeName() const { return written(m_scheme); }

QByteArray ProxyHandshake::uri() const {
    return m_request.form == ProxyForm::Tunnel ? m_request.authority
                                               : "http://" + m_request.authority + '/';
}

ProxyHandshake::Send ProxyHandshake::send(const QByteArray& authorization) {
    QByteArray out =
        method().toByteArray() + ' ' + uri() + " HTTP/1.1\r\nHost: " + m_request.authority + "\r\n";
    if (m_request.form == ProxyForm::Absolute) out += "Cache-Control: only-if-cached\r\n";
    if (!m_request.via.isEmpty()) out += "Via: " + m_request.via + "\r\n";
    if (!authorization.isEmpty()) out += "Proxy-Authorization: " + authorization + "\r\n";
    return {out + "\r\n", std::exchange(m_needsNew, false)};
}

ProxyHandshake::Step ProxyHandshake::start(Monotonic now) {
    if (m_login.isRefused(m_identity, now))
        return Failed{
            StreamFault::ProxyLogin,
            told(QT_TRANSLATE_NOOP(
                     "ProxyFailure",
                     "the proxy %1 has refused the login of \"%2\" less than a minute ago; "
                     "mend via or via_credential in routes.yaml"))
                .arg(m_request.proxy, QString::fromUtf8(m_identity.user))};
    if (m_request.form == ProxyForm::Absolute &&
        (m_login.isOpen() || m_login.scheme() == "basic")) {
        m_scheme = m_login.scheme();
        return Ready{};
    }
    m_scheme = m_login.scheme();
    if (isTokenScheme()) return AskToken{m_scheme, {}};
    return send(m_login.authorization(method().toByteArray(), uri(), m_identity));
}

ProxyHandshake::Step ProxyHandshake::token(const Result<QByteArray, QString>& token) {
    if (token) {
        ++m_tokens;
        return send(schemeName().toLatin1() + ' ' + token->toBase64());
    }
    m_problems << written(m_scheme) + QStringLiteral(": ") + token.error();
    m_failed << std::exchange(m_scheme, {});
    m_tokens = 0;
    // Asked by what was known from before: the challenge is not.
    if (m_offers.empty()) return send({});
    return answer(m_offers);
}

ProxyHandshake::Step ProxyHandshake::response(const ResponseHead& head, bool isPersistent,
                                              Monotonic now) {
    m_needsNew = !isPersistent;
    if (head.status == kProxyAuthenticationRequired) {
        const auto offers = proxyChallenges(head.fields);
        // RFC 9110 15.5.8 wants a challenge: without one there is nothing to answer by.
        if (offers.empty() && m_scheme.isEmpty())
            return Failed{StreamFault::ProxyLogin, refusedTarget(head).reason};
        return challenged(offers, now);
    }
    const bool isTaken = head.status / 100 == 2 || m_request.form == ProxyForm::Absolute;
    return isTaken ? accepted() : Step(refusedTarget(head));
}

ProxyHandshake::Step ProxyHandshake::accepted() {
    if (m_scheme.isEmpty()) m_login.opened();
    // The login belongs to the connection (RFC 4559 6).
    if (m_request.form == ProxyForm::Absolute && isTokenScheme() && m_needsNew)
        return Failed{StreamFault::ProxyLogin,
                      told(QT_TRANSLATE_NOOP(
                               "ProxyFailure",
                               "the proxy %1 ends each connection that it has authenticated by %2"))
                          .arg(m_request.proxy, schemeName())};
    return Ready{m_request.form == ProxyForm::Absolute && m_needsNew};
}

ProxyHandshake::Step ProxyHandshake::challenged(const std::vector<ProxyChallenge>& offers,
                                                Monotonic now) {
    m_offers = offers;
    if (isTokenScheme()) {
        const ProxyChallenge* next = find(offers, m_scheme);
        if (next && !next->token.isEmpty() && !m_needsNew && m_tokens < kMostTokens)
            return AskToken{m_scheme, QByteArray::fromBase64(next->token)};
        // NTLM answers with a password; Negotiate with a ticket, which locks nobody out.
        if (m_scheme == "ntlm" && m_tokens > 1) return refusedLogin(now);
        if (m_tokens > 0)
            m_problems << written(m_scheme) + QStringLiteral(": ") +
                              told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy did not take it"));
        m_failed << m_scheme;
        m_tokens = 0;
    }
    if (m_scheme == "basic") return refusedLogin(now);
    if (m_scheme == "digest") {
        const ProxyChallenge* next = find(offers, m_scheme);
        const bool isStale = next && ascii::equalsIgnoreCase(next->parameter("stale"), "true");
        // A nonce from an earlier connection may have ended without the proxy knowing of it.
        const bool mayRepeat = m_digests == 0 || (isStale && m_digests < kMostDigests);
        if (!next || !mayRepeat) return refusedLogin(now);
    }
    return answer(offers);
}

ProxyHandshake::Step ProxyHandshake::answer(const std::vector<ProxyChallenge>& offers) {
    for (const QByteArray& scheme : proxySchemes(!m_identity.user.isEmpty(), m_request.hasTokens)) {
        const ProxyChallenge* offer = find(offers, scheme);
        if (!offer || m_failed.contains(scheme)) continue;
        m_scheme = scheme;
        m_login.challenged(*offer);
        if (isTokenScheme()) return AskToken{scheme, {}};
        if (scheme == "digest") ++m_digests;
        return send(m_login.authorization(method().toByteArray(), uri(), m_identity));
    }
    m_scheme.clear();
    return noLogin();
}

ProxyHandshake::Step ProxyHandshake::refusedLogin(Monotonic now) {
    m_login.refused(m_identity, now);
    return Failed{
        StreamFault::ProxyLogin,
        told(QT_TRANSLATE_NOOP(
                 "ProxyFailure",
                 "the proxy %1 refuses the login of \"%2\" by %3; mend via or via_credential in "
                 "routes.yaml"))
            .arg(m_request.proxy, QString::fromUtf8(m_identity.user), schemeName())};
}

ProxyHandshake::Failed ProxyHandshake::refusedTarget(const ResponseHead& head) const {
    const QString said = QStringLiteral("%1 %2")
                             .arg(head.status)
                             .arg(QString::fromLatin1(head.reason.left(100)))
                             .trimmed();
    const QString where = QString::fromLatin1(m_request.authority);
    if (head.status == kGatewayTimeout)
        return {
            StreamFault::TimedOut,
            told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1 did not reach %2 in time (%3)"))
                .arg(m_request.proxy, where, said)};
    if (head.status == kLoopDetected)
        return {StreamFault::ProxyLoop,
                told(QT_TRANSLATE_NOOP(
                         "ProxyFailure",
                         "the proxy %1 is Sallyport itself or leads back to it (%2); mend via in "
                         "routes.yaml, or what the system names as its proxy"))
                    .arg(m_request.proxy, said)};
    if (head.status / 100 == 5)
        return {StreamFault::Refused,
                told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1 cannot reach %2 (%3)"))
                    .arg(m_request.proxy, where, said)};
    return {
        StreamFault::ProxyRefused,
        told(QT_TRANSLATE_NOOP(
                 "ProxyFailure",
                 "the proxy %1 will not connect to %2 (%3); ask its administrators, or set another "
                 "via in routes.yaml"))
            .arg(m_request.proxy, where, said)};
}

ProxyHandshake::Failed ProxyHandshake::noLogin() const {
    QString reason = told(QT_TRANSLATE_NOOP("ProxyFailure", "the proxy %1 asks for a login by %2"))
                         .arg(m_request.proxy, offeredSchemes(m_offers));
    if (!m_problems.isEmpty())
        return {StreamFault::ProxyLogin,
                reason + QStringLiteral(" (%1)").arg(m_problems.join(QStringLiteral("; ")))};
    if (m_identity.user.isEmpty())
        reason += told(QT_TRANSLATE_NOOP(
                           "ProxyFailure",
                           ", and via names no user; write http://USER@%1 and via_credential in "
                           "routes.yaml"))
                      .arg(m_request.proxy);
    else
        reason += told(QT_TRANSLATE_NOOP("ProxyFailure", ", none of which can be answered"));
    return {StreamFault::ProxyLogin, reason};
}

} // namespace sallyport
