// SPDX-License-Identifier: MIT
#include "tests/net/testcertificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace sallyport::test {

namespace {

template <auto free>
struct Free {
    template <typename T>
    void operator()(T* object) const {
        free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

constexpr long kHour = 3600;

QByteArray contentOf(BIO* bio) {
    char* at = nullptr;
    const long size = BIO_get_mem_data(bio, &at);
    return QByteArray(at, size);
}

CertifiedKey toPem(X509* certificate, EVP_PKEY* key) {
    const Bio first(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(first.get(), certificate);
    const Bio second(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(second.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return {contentOf(first.get()), contentOf(second.get())};
}

Bio reading(const QByteArray& pem) {
    return Bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

void addExtension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    if (extension) X509_add_ext(certificate, extension.get(), -1);
}

Certificate blank(EVP_PKEY* key, const CertificateWish& wish) {
    static long serial = 1;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.fromHours * kHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.untilHours * kHour);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wish.commonName.constData()),
                               -1, -1, 0);
    return certificate;
}

} // namespace

CertifiedKey makeCertificate(const CertificateWish& wish) {
    const Key key(wish.rsaBits > 0 ? EVP_RSA_gen(static_cast<unsigned>(wish.rsaBits))
                                   : EVP_EC_gen("P-256"));
    const Certificate certificate = blank(key.get(), wish);
    Certificate issuer;
    Key issuerKey;
    if (wish.issuer) {
        const Bio certificatePem = reading(wish.issuer->certificate);
        const Bio keyPem = reading(wish.issuer->key);
        issuer.reset(PEM_read_bio_X509(certificatePem.get(), nullptr, nullptr, nullptr));
        issuerKey.reset(PEM_read_bio_PrivateKey(keyPem.get(), nullptr, nullptr, nullptr));
    }
    X509* const above = issuer ? issuer.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(above));
    for (const auto& [nid, value] : wish.extensions)
        addExtension(certificate.get(), above, nid, value.constData());
    X509_sign(certificate.get(), issuerKey ? issuerKey.get() : key.get(),
              EVP_get_digestbyname(wish.hash.constData()));
    return toPem(certificate.get(), key.get());
}

CertifiedKey makeAuthority(const QByteArray& commonName) {
    CertificateWish wish;
    wish.commonName = commonName;
    wish.extensions = {{NID_basic_constraints, "critical,CA:TRUE"},
                       {NID_key_usage, "critical,keyCertSign"}};
    return makeCertificate(wish);
}

CertifiedKey makeLeaf(const CertifiedKey& authority, const QByteArray& names, Validity validity) {
    CertificateWish wish;
    wish.issuer = &authority;
    wish.untilHours = validity == Validity::Now ? 1 : -1;
    wish.extensions = {{NID_subject_alt_name, names}};
    return makeCertificate(wish);
}

QSslConfiguration serverConfiguration(const CertifiedKey& leaf) {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(leaf.toCertificate());
    configuration.setPrivateKey(leaf.toKey());
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({"h2", "http/1.1"});
    return configuration;
}

} // namespace sallyport::test
