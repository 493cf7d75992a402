// SPDX-License-Identifier: MIT
#include "core/tls/certificatesummary.h"

#include "core/support/visibletext.h"

#include <QHostAddress>

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <memory>

namespace sallyport {

namespace {

QString boundedText(const QString& text) {
    constexpr qsizetype kMaxCharacters = 100;
    return visibleText(text.left(kMaxCharacters));
}

QString textOf(const ASN1_STRING* string) {
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, string);
    if (size < 0) return {};
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(utf8), size);
    OPENSSL_free(utf8);
    return boundedText(text);
}

QString entryOf(const X509_NAME* name, int nid) {
    const int place = X509_NAME_get_index_by_NID(name, nid, -1);
    if (place < 0) return {};
    return textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
}

QString displayName(const X509_NAME* name) {
    for (const int nid : {NID_commonName, NID_organizationName, NID_organizationalUnitName})
        if (QString text = entryOf(name, nid); !text.isEmpty()) return text;
    return {};
}

QString addressText(const ASN1_OCTET_STRING* encoded) {
    const unsigned char* const bytes = ASN1_STRING_get0_data(encoded);
    if (ASN1_STRING_length(encoded) == 16) {
        Q_IPV6ADDR address;
        std::memcpy(&address, bytes, sizeof address);
        return QHostAddress(address).toString();
    }
    if (ASN1_STRING_length(encoded) != 4) return {};
    return QHostAddress(static_cast<quint32>(bytes[0]) << 24 |
                        static_cast<quint32>(bytes[1]) << 16 | static_cast<quint32>(bytes[2]) << 8 |
                        bytes[3])
        .toString();
}

QStringList alternativeNames(const X509& certificate) {
    constexpr qsizetype kMaxNames = 8; // more would fill a line of the log
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    QStringList names;
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()) && names.size() < kMaxNames; ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS) names << textOf(name->d.dNSName);
        if (name->type == GEN_IPADD) names << addressText(name->d.iPAddress);
    }
    names.removeAll(QString());
    return names;
}

QDateTime toDateTime(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

} // namespace

CertificateSummary summaryOf(const X509& certificate) {
    CertificateSummary summary;
    summary.names = alternativeNames(certificate);
    summary.subject = displayName(X509_get_subject_name(&certificate));
    if (summary.subject.isEmpty() && !summary.names.isEmpty())
        summary.subject = summary.names.front();
    summary.issuer = displayName(X509_get_issuer_name(&certificate));
    summary.notBefore = toDateTime(X509_get0_notBefore(&certificate));
    summary.notAfter = toDateTime(X509_get0_notAfter(&certificate));
    return summary;
}

} // namespace sallyport
