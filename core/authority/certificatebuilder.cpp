// SPDX-License-Identifier: MIT
#include "core/authority/certificatebuilder.h"

#include <QHostAddress>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <array>
#include <ctime>

namespace sallyport {

PrivateKeyPtr makeKey() { return PrivateKeyPtr(EVP_EC_gen("P-256")); }

GeneralNamePtr dnsName(const QByteArray& name) {
    GeneralNamePtr made(GENERAL_NAME_new());
    ASN1_IA5STRING* const text = ASN1_IA5STRING_new();
    ASN1_STRING_set(text, name.constData(), static_cast<int>(name.size()));
    GENERAL_NAME_set0_value(made.get(), GEN_DNS, text);
    return made;
}

GeneralNamePtr addressName(const QByteArray& bytes) {
    GeneralNamePtr made(GENERAL_NAME_new());
    ASN1_OCTET_STRING* const text = ASN1_OCTET_STRING_new();
    ASN1_STRING_set(text, bytes.constData(), static_cast<int>(bytes.size()));
    GENERAL_NAME_set0_value(made.get(), GEN_IPADD, text);
    return made;
}

QByteArray addressBytes(const QByteArray& host) {
    QHostAddress address;
    if (!address.setAddress(QString::fromLatin1(host))) return {};
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR six = address.toIPv6Address();
        return QByteArray(reinterpret_cast<const char*>(six.c), sizeof six.c);
    }
    const quint32 four = address.toIPv4Address();
    QByteArray bytes;
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(four >> shift & 0xff);
    return bytes;
}

CertificateBuilder::CertificateBuilder(EVP_PKEY& key, const QDateTime& now,
                                       const QDateTime& notAfter)
    : m_certificate(X509_new()) {
    X509* const certificate = m_certificate.get();
    note(X509_set_version(certificate, X509_VERSION_3) == 1);
    note(X509_set_pubkey(certificate, &key) == 1);
    const auto set = [this](ASN1_TIME* time, const QDateTime& to) {
        note(ASN1_TIME_set(time, static_cast<std::time_t>(to.toSecsSinceEpoch())) != nullptr);
    };
    constexpr qint64 kBackdatedSeconds = 3600;
    set(X509_getm_notBefore(certificate), now.addSecs(-kBackdatedSeconds));
    set(X509_getm_notAfter(certificate), notAfter);
    setSerialNumber();
}

/// RFC 5280 4.1.2.2: positive, at most 20 bytes; random, as the CA/Browser Forum asks.
void CertificateBuilder::setSerialNumber() {
    std::array<unsigned char, 16> random{};
    note(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1);
    random[0] = static_cast<unsigned char>((random[0] & 0x7f) | 0x40);
    const std::unique_ptr<BIGNUM, OpenSslFree<BN_free>> number(
        BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
    note(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(m_certificate.get())) != nullptr);
}

void CertificateBuilder::addSubject(const char* field, const QByteArray& value) {
    note(X509_NAME_add_entry_by_txt(X509_get_subject_name(m_certificate.get()), field,
                                    MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.constData()),
                                    static_cast<int>(value.size()), -1, 0) == 1);
}

void CertificateBuilder::addExtension(int nid, const char* value, X509* issuer) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509* const certificate = m_certificate.get();
    X509V3_set_ctx(&context, issuer ? issuer : certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, OpenSslFree<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    note(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void CertificateBuilder::addExtensionValue(int nid, void* value, bool isCritical) {
    note(X509_add1_ext_i2d(m_certificate.get(), nid, value, isCritical ? 1 : 0,
                           X509V3_ADD_DEFAULT) == 1);
}

X509Ptr CertificateBuilder::sign(const X509* issuer, EVP_PKEY& key) {
    X509* const certificate = m_certificate.get();
    note(X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer : certificate)) ==
         1);
    note(X509_sign(certificate, &key, EVP_sha256()) > 0);
    ERR_clear_error();
    return m_hasFailed ? X509Ptr() : std::move(m_certificate);
}

} // namespace sallyport
