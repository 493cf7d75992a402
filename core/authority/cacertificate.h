// SPDX-License-Identifier: MIT
#pragma once

#include "core/authority/constrainedhosts.h"
#include "core/support/result.h"
#include "core/tls/tlsidentity.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <memory>

namespace sallyport {

/// One certificate of the local authority with its key, and the leaves that it signs.
///
/// EC P-256; good for TLS servers of its hosts and nothing else: critical name constraints,
/// pathlen:0, keyCertSign, extended key usage serverAuth. Copies share key and certificate.
class CaCertificate {
public:
    static constexpr int kYears = 2;
    /// A leaf is short-lived: a copy of its key is worth no more. `kLeafRenewal` before its end,
    /// or more, a new one is to be made.
    static constexpr int kLeafHours = 48;
    static constexpr int kLeafRenewalHours = 12;

    /// A new one, with a new key and a name of its own. The error is a clause; only a broken
    /// OpenSSL or an empty list gives one.
    [[nodiscard]] static Result<CaCertificate, QString> make(const HostList& hosts,
                                                             const QDateTime& now);
    /// What toPem() gave. The error is a clause.
    [[nodiscard]] static Result<CaCertificate, QString> fromPem(const QByteArray& pem);

    /// Key and certificate; secret.
    [[nodiscard]] QByteArray toPem() const;
    /// The certificate alone, for those who are to trust it.
    [[nodiscard]] QByteArray certificatePem() const;

    /// A certificate for `host`, which isAmong() hosts(), with a key of its own; it ends with this
    /// one at the latest.
    [[nodiscard]] Result<std::shared_ptr<const TlsIdentity>, QString>
    mintLeaf(const QByteArray& host, const QDateTime& now) const;

    [[nodiscard]] const HostList& hosts() const { return m_hosts; }
    [[nodiscard]] const QDateTime& notBefore() const { return m_notBefore; } ///< UTC
    [[nodiscard]] const QDateTime& notAfter() const { return m_notAfter; }   ///< UTC
    [[nodiscard]] const QString& name() const { return m_name; }             ///< common name
    /// SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` prints it.
    [[nodiscard]] QString fingerprint() const;

private:
    CaCertificate(X509Ptr certificate, PrivateKeyPtr key);

    std::shared_ptr<const TlsIdentity> m_own;
    HostList m_hosts;
    QDateTime m_notBefore;
    QDateTime m_notAfter;
    QString m_name;
};

} // namespace sallyport
