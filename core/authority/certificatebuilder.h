// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

#include <QByteArray>
#include <QDateTime>

#include <openssl/x509v3.h>

#include <memory>

namespace sallyport {

using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, OpenSslFree<GENERAL_NAME_free>>;

/// A new key on the curve P-256; null only where OpenSSL cannot make one.
[[nodiscard]] PrivateKeyPtr makeKey();

/// A DNS name as certificates hold it.
[[nodiscard]] GeneralNamePtr dnsName(const QByteArray& name);
/// An IP address as certificates hold it: 4 or 16 bytes, in name constraints as many bytes of mask
/// after it (RFC 5280 4.2.1.10).
[[nodiscard]] GeneralNamePtr addressName(const QByteArray& bytes);
/// The 4 or 16 bytes of an address as text; empty for anything else.
[[nodiscard]] QByteArray addressBytes(const QByteArray& host);

/// One X.509 v3 certificate in the making: a random serial number of 127 bits, ECDSA with SHA-256.
/// Where a step fails sign() gives null.
class CertificateBuilder {
public:
    /// For the public half of `key`. Valid from an hour before `now` on: clocks of virtual machines
    /// that have just woken are slow.
    CertificateBuilder(EVP_PKEY& key, const QDateTime& now, const QDateTime& notAfter);

    /// An entry of the subject, `field` as in "CN".
    void addSubject(const char* field, const QByteArray& value);
    /// Its value as openssl.cnf spells it; `issuer` null: the certificate's own.
    void addExtension(int nid, const char* value, X509* issuer = nullptr);
    /// Its value as the structure that belongs to `nid`.
    void addExtensionValue(int nid, void* value, bool isCritical);
    /// `issuer` null: signs itself. `key` is the issuer's.
    [[nodiscard]] X509Ptr sign(const X509* issuer, EVP_PKEY& key);

private:
    void setSerialNumber();
    void note(bool isDone) { m_hasFailed |= !isDone; }

    X509Ptr m_certificate;
    bool m_hasFailed = false;
};

} // namespace sallyport
