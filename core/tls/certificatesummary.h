// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <openssl/x509.h>

namespace sallyport {

/// What an error about a certificate has to name.
struct CertificateSummary {
    QString subject;     ///< its common name, else its organisation, else its first name of `names`
    QString issuer;      ///< the same of who signed it
    QStringList names;   ///< DNS names and IP addresses of subjectAltName (RFC 5280 4.2.1.6)
    QDateTime notBefore; ///< UTC
    QDateTime notAfter;  ///< UTC
    friend bool operator==(const CertificateSummary&, const CertificateSummary&) = default;
};

/// Texts that a peer chose are made harmless to terminals, and cut at 100 characters.
[[nodiscard]] CertificateSummary summaryOf(const X509& certificate);

} // namespace sallyport
