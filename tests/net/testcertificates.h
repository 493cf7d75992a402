// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <utility>
#include <vector>

namespace sallyport::test {

/// A certificate with its key, both as PEM.
struct CertifiedKey {
    QByteArray certificate;
    QByteArray key;

    [[nodiscard]] QSslCertificate toCertificate() const { return QSslCertificate(certificate); }
    [[nodiscard]] QSslKey toKey() const { return QSslKey(key, QSsl::Ec); }
};

/// A self-signed authority (P-256), for one test run.
[[nodiscard]] CertifiedKey makeAuthority(const QByteArray& commonName);

enum class Validity { Now, Ended };

/// A server certificate by that authority; `names` as in subjectAltName ("DNS:a,IP:127.0.0.1").
[[nodiscard]] CertifiedKey makeLeaf(const CertifiedKey& authority, const QByteArray& names,
                                    Validity validity = Validity::Now);

/// A certificate of any make, for what a verifier has to refuse.
struct CertificateWish {
    QByteArray commonName = "leaf of a test";
    const CertifiedKey* issuer = nullptr; ///< null: signs itself
    int fromHours = -24;                  ///< from now
    int untilHours = 1;
    /// NID_… and the value as in openssl.cnf ("critical,CA:TRUE").
    std::vector<std::pair<int, QByteArray>> extensions;
    int rsaBits = 0;            ///< 0: a P-256 key
    QByteArray hash = "SHA256"; ///< of the signature, as OpenSSL names it
};
[[nodiscard]] CertifiedKey makeCertificate(const CertificateWish& wish);

/// What a QSslServer needs to show that leaf.
[[nodiscard]] QSslConfiguration serverConfiguration(const CertifiedKey& leaf);

} // namespace sallyport::test
