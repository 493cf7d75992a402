// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/certificatesource.h"
#include "core/tls/tlsservercontext.h"
#include "tests/net/testcertificates.h"

#include <QHostAddress>

#include <map>

#include <openssl/pem.h>

namespace sallyport::test {

/// A local authority for a test: signs for every host that is asked for.
class TestCertificateSource final : public CertificateSource {
public:
    [[nodiscard]] const QByteArray& root() const { return m_root.certificate; }
    [[nodiscard]] QString problemFor(const QByteArray&) const override { return problem; }
    [[nodiscard]] Result<std::unique_ptr<TlsEngine>, QString>
    engineFor(const QByteArray& host) override {
        return m_context->connectionWith(identityFor(host), host);
    }

    QString problem;

private:
    const TlsIdentity& identityFor(const QByteArray& host) {
        TlsIdentity& made = m_identities[host];
        if (made.certificate) return made;
        const bool isAddress = !QHostAddress(QString::fromLatin1(host)).isNull();
        const CertifiedKey leaf = makeLeaf(m_root, (isAddress ? "IP:" : "DNS:") + host);
        made.certificate.reset(
            PEM_read_bio_X509(reading(leaf.certificate).get(), nullptr, nullptr, nullptr));
        made.key.reset(PEM_read_bio_PrivateKey(reading(leaf.key).get(), nullptr, nullptr, nullptr));
        return made;
    }
    static BioPtr reading(const QByteArray& pem) {
        return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    }

    CertifiedKey m_root = makeAuthority("Local authority of a test");
    std::shared_ptr<TlsServerContext> m_context = TlsServerContext::make().value();
    std::map<QByteArray, TlsIdentity> m_identities;
};

} // namespace sallyport::test
