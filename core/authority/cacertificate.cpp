// SPDX-License-Identifier: MIT
#include "core/authority/cacertificate.h"

#include "core/tls/certificatesummary.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

QString cannotSign() {
    return QCoreApplication::translate("Authority", "OpenSSL cannot make a certificate");
}

QByteArray contentOf(BIO* bio) {
    char* at = nullptr;
    const long size = BIO_get_mem_data(bio, &at);
    return QByteArray(at, size);
}

QByteArray pemOf(const X509& certificate) {
    const BioPtr to(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(to.get(), &certificate);
    return contentOf(to.get());
}

QByteArray pemOf(const EVP_PKEY& key) {
    const BioPtr to(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(to.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
    return contentOf(to.get());
}

/// Tells one authority from the next: path building goes by name first.
QByteArray freshName() {
    const quint32 tag = QRandomGenerator::system()->generate();
    return "Sallyport local authority " + QByteArray::number(tag, 16).rightJustified(8, '0');
}

using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, OpenSslFree<GENERAL_NAMES_free>>;

/// subjectAltName with one entry.
GeneralNamesPtr alternativeName(const QByteArray& host) {
    GeneralNamesPtr names(GENERAL_NAMES_new());
    const QByteArray bytes = addressBytes(host);
    sk_GENERAL_NAME_push(names.get(),
                         (bytes.isEmpty() ? dnsName(host) : addressName(bytes)).release());
    return names;
}

} // namespace

CaCertificate::CaCertificate(X509Ptr certificate, PrivateKeyPtr key)
    : m_hosts(hostsOf(*certificate)) {
    const CertificateSummary summary = summaryOf(*certificate);
    m_notBefore = summary.notBefore;
    m_notAfter = summary.notAfter;
    m_name = summary.subject;
    auto own = std::make_shared<TlsIdentity>();
    own->certificate = std::move(certificate);
    own->key = std::move(key);
    m_own = std::move(own);
}

Result<CaCertificate, QString> CaCertificate::make(const HostList& hosts, const QDateTime& now) {
    if (hosts.empty())
        return Failure{QCoreApplication::translate("Authority", "there is no host to make it for")};
    PrivateKeyPtr key = makeKey();
    if (!key) return Failure{cannotSign()};
    CertificateBuilder builder(*key, now, now.addYears(kYears));
    builder.addSubject("O", "Sallyport");
    builder.addSubject("CN", freshName());
    builder.addExtension(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    builder.addExtension(NID_key_usage, "critical,keyCertSign");
    builder.addExtension(NID_ext_key_usage, "serverAuth");
    builder.addExtension(NID_subject_key_identifier, "hash");
    builder.addExtensionValue(NID_name_constraints, constraintsFor(hosts).get(), true);
    X509Ptr certificate = builder.sign(nullptr, *key);
    if (!certificate) return Failure{cannotSign()};
    return CaCertificate(std::move(certificate), std::move(key));
}

Result<CaCertificate, QString> CaCertificate::fromPem(const QByteArray& pem) {
    const BioPtr from(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    // No prompt: a key with a passphrase is none of ours.
    char none[] = ""; // NOLINT: the signature wants a char*
    PrivateKeyPtr key(PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, none));
    X509Ptr certificate(key ? PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr) : nullptr);
    const bool isPair = certificate && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    if (!isPair)
        return Failure{QCoreApplication::translate(
            "Authority", "it does not hold a key and its certificate, as it was written")};
    CaCertificate read(std::move(certificate), std::move(key));
    if (read.m_hosts.empty() || !read.m_notAfter.isValid())
        return Failure{QCoreApplication::translate(
            "Authority", "its certificate is not bound to any host, so it is none of ours")};
    return read;
}

QByteArray CaCertificate::toPem() const { return pemOf(*m_own->key) + certificatePem(); }

QByteArray CaCertificate::certificatePem() const { return pemOf(*m_own->certificate); }

Result<std::shared_ptr<const TlsIdentity>, QString>
CaCertificate::mintLeaf(const QByteArray& host, const QDateTime& now) const {
    auto leaf = std::make_shared<TlsIdentity>();
    leaf->key = makeKey();
    if (!leaf->key) return Failure{cannotSign()};
    const QDateTime end = std::min(now.addSecs(kLeafHours * 3600), m_notAfter);
    CertificateBuilder builder(*leaf->key, now, end);
    // No common name: OpenSSL holds one that looks like a name against the constraints, and
    // RFC 9525 2 counts it for nothing.
    builder.addSubject("O", "Sallyport");
    X509* const issuer = m_own->certificate.get();
    builder.addExtension(NID_basic_constraints, "critical,CA:FALSE");
    builder.addExtension(NID_key_usage, "critical,digitalSignature");
    builder.addExtension(NID_ext_key_usage, "serverAuth");
    builder.addExtension(NID_authority_key_identifier, "keyid", issuer);
    builder.addExtensionValue(NID_subject_alt_name, alternativeName(host).get(), false);
    leaf->certificate = builder.sign(issuer, *m_own->key);
    if (!leaf->certificate) return Failure{cannotSign()};
    return std::shared_ptr<const TlsIdentity>(std::move(leaf));
}

QString CaCertificate::fingerprint() const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    X509_digest(m_own->certificate.get(), EVP_sha256(), digest.data(), &size);
    const QByteArray bytes(reinterpret_cast<const char*>(digest.data()), size);
    return QString::fromLatin1(bytes.toHex(':').toUpper());
}

} // namespace sallyport
