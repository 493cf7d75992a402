// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

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

/// What a QSslServer needs to show that leaf.
[[nodiscard]] QSslConfiguration serverConfiguration(const CertifiedKey& leaf);

} // namespace sallyport::test
