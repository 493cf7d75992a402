// SPDX-License-Identifier: MIT
#include "core/tls/trustproblem.h"

#include <QCoreApplication>

#include <array>

#include <openssl/x509_vfy.h>

#include <algorithm>

namespace sallyport {

namespace {

QString dateText(const QDateTime& time) {
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm")) + QStringLiteral(" UTC");
}

CertificateSummary linkAtFault(const TrustProblem& problem) {
    if (problem.chain.empty()) return {};
    const auto last = problem.chain.size() - 1;
    return problem.chain[std::min(last, static_cast<std::size_t>(std::max(0, problem.depth)))];
}

/// "the certificate of a.example", or "the CA certificate “Corp Root” above it".
QString linkName(const TrustProblem& problem) {
    const QString subject = linkAtFault(problem).subject;
    if (problem.depth <= 0)
        return QCoreApplication::translate("TrustProblem", "the server's certificate “%1”")
            .arg(subject);
    return QCoreApplication::translate("TrustProblem",
                                       "the CA certificate “%1” in the server's chain")
        .arg(subject);
}

QString wrongNameText(const TrustProblem& problem) {
    const QStringList names = problem.chain.empty() ? QStringList() : problem.chain.front().names;
    if (names.isEmpty())
        return QCoreApplication::translate("TrustProblem",
                                           "the certificate is not for %1: it holds no name or "
                                           "address in subjectAltName, and "
                                           "its common name does not count")
            .arg(problem.askedName);
    return QCoreApplication::translate("TrustProblem", "the certificate is not for %1, but for %2")
        .arg(problem.askedName, names.join(QStringLiteral(", ")));
}

/// What makes a CA trusted: an upstream of the configuration has a file for it, a host that a
/// client names has not.
QString wayOut(const TrustProblem& problem) {
    switch (problem.namedBy) {
    case NamedBy::Configuration:
        return QCoreApplication::translate("TrustProblem", "put its PEM in tls.ca_file");
    case NamedBy::Client:
        return QCoreApplication::translate("TrustProblem",
                                           "add it to the certificates that this computer trusts");
    }
    Q_UNREACHABLE();
}

/// Where the chain ends at something whose issuer is neither known nor came along.
QString unknownIssuerText(const TrustProblem& problem) {
    const CertificateSummary end =
        problem.chain.empty() ? CertificateSummary() : problem.chain.back();
    if (problem.chain.size() <= 1)
        return QCoreApplication::translate(
                   "TrustProblem",
                   "the server's certificate “%1” was issued by “%2”, which is not trusted and did "
                   "not come along: let the server send its whole chain; if that does not end at a "
                   "CA that is trusted, %3")
            .arg(end.subject, end.issuer, wayOut(problem));
    return QCoreApplication::translate(
               "TrustProblem", "the chain ends at “%1”, issued by “%2”, which is not trusted: %3")
        .arg(end.subject, end.issuer, wayOut(problem));
}

QString untrustedRootText(const TrustProblem& problem) {
    const CertificateSummary root =
        problem.chain.empty() ? CertificateSummary() : problem.chain.back();
    return QCoreApplication::translate(
               "TrustProblem", "the certificate was issued by “%1”, which is not trusted: %2")
        .arg(root.subject, wayOut(problem));
}

QString expiredText(const TrustProblem& problem) {
    return QCoreApplication::translate("TrustProblem", "%1 has expired: it was valid until %2")
        .arg(linkName(problem), dateText(linkAtFault(problem).notAfter));
}

QString notYetValidText(const TrustProblem& problem) {
    return QCoreApplication::translate(
               "TrustProblem", "%1 is not valid before %2: check the clock of this computer")
        .arg(linkName(problem), dateText(linkAtFault(problem).notBefore));
}

struct PlainText {
    int code;
    const char* text; ///< %1: the name of the certificate
};

/// The texts that say nothing but which certificate it is.
constexpr std::array kPlainTexts{
    PlainText{
        X509_V_ERR_INVALID_PURPOSE,
        QT_TRANSLATE_NOOP("TrustProblem", "%1 is not made for a TLS server (extended key usage)")},
    PlainText{
        X509_V_ERR_INVALID_CA,
        QT_TRANSLATE_NOOP("TrustProblem", "%1 has issued a certificate, but may not issue any")},
    PlainText{
        X509_V_ERR_KEYUSAGE_NO_CERTSIGN,
        QT_TRANSLATE_NOOP("TrustProblem", "%1 has issued a certificate, but may not issue any")},
    PlainText{X509_V_ERR_PATH_LENGTH_EXCEEDED,
              QT_TRANSLATE_NOOP("TrustProblem", "%1 stands above more CA certificates than it "
                                                "allows (path length)")},
    PlainText{X509_V_ERR_PERMITTED_VIOLATION,
              QT_TRANSLATE_NOOP("TrustProblem", "%1 has a name that the CA above it may not "
                                                "certify (name constraints)")},
    PlainText{X509_V_ERR_EXCLUDED_VIOLATION,
              QT_TRANSLATE_NOOP("TrustProblem", "%1 has a name that the CA above it may not "
                                                "certify (name constraints)")},
    PlainText{X509_V_ERR_CERT_SIGNATURE_FAILURE,
              QT_TRANSLATE_NOOP("TrustProblem", "the signature on %1 does not fit")},
    PlainText{X509_V_ERR_EE_KEY_TOO_SMALL,
              QT_TRANSLATE_NOOP("TrustProblem", "the key of %1 is too short")},
    PlainText{X509_V_ERR_CA_KEY_TOO_SMALL,
              QT_TRANSLATE_NOOP("TrustProblem", "the key of %1 is too short")},
    PlainText{X509_V_ERR_CA_MD_TOO_WEAK,
              QT_TRANSLATE_NOOP("TrustProblem", "%1 is signed with a hash that is too weak")},
    PlainText{
        X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
        QT_TRANSLATE_NOOP("TrustProblem", "%1 has a critical extension that is not understood")},
};

QString plainText(const TrustProblem& problem) {
    for (const PlainText& each : kPlainTexts)
        if (each.code == problem.code)
            return QCoreApplication::translate("TrustProblem", each.text).arg(linkName(problem));
    return QCoreApplication::translate("TrustProblem", "%1 is not accepted: %2")
        .arg(linkName(problem), QString::fromLatin1(X509_verify_cert_error_string(problem.code)));
}

} // namespace

QString trustProblemText(const TrustProblem& problem) {
    switch (problem.code) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return unknownIssuerText(problem);
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return untrustedRootText(problem);
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return QCoreApplication::translate("TrustProblem", "%1 is self-signed and not trusted: %2")
            .arg(linkName(problem), wayOut(problem));
    case X509_V_ERR_CERT_HAS_EXPIRED: return expiredText(problem);
    case X509_V_ERR_CERT_NOT_YET_VALID: return notYetValidText(problem);
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return wrongNameText(problem);
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
        return QCoreApplication::translate("TrustProblem",
                                           "the server's chain of certificates is too long");
    }
    return plainText(problem);
}

} // namespace sallyport
