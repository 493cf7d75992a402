// SPDX-License-Identifier: MIT
#include "core/tls/systemroots.h"

#include <QByteArray>
#include <QDir>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <openssl/err.h>

namespace sallyport {

namespace {

QString hashedFolder() {
    const QByteArray named = qgetenv(X509_get_default_cert_dir_env());
    return named.isEmpty() ? QString::fromLocal8Bit(X509_get_default_cert_dir())
                           : QString::fromLocal8Bit(named);
}

/// `12345678.0`: the hash of a subject, as `openssl rehash` names its links.
bool hasHashedNames(const QString& folder) {
    static const QRegularExpression hashed(QStringLiteral("^[0-9a-f]{8}\\.[0-9]+$"));
    const QStringList names = QDir(folder).entryList(QDir::Files);
    return names.indexOf(hashed) >= 0;
}

bool addFolder(X509_STORE& store) {
    X509_LOOKUP* const lookup = X509_STORE_add_lookup(&store, X509_LOOKUP_hash_dir());
    // With this type the lookup itself asks SSL_CERT_DIR and its own default.
    return lookup && X509_LOOKUP_add_dir(lookup, nullptr, X509_FILETYPE_DEFAULT) == 1;
}

} // namespace

void SystemRoots::addTo(X509_STORE& store) {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    if (hasHashedNames(hashedFolder()) && addFolder(store)) return;
#endif
    readAll();
    for (const X509Ptr& certificate : m_certificates)
        X509_STORE_add_cert(&store, certificate.get());
    ERR_clear_error(); // of one that cannot be added nothing depends
}

void SystemRoots::readAll() {
    if (m_isRead) return;
    m_isRead = true;
    for (const QSslCertificate& root : QSslConfiguration::systemCaCertificates()) {
        const QByteArray der = root.toDer();
        const auto* at = reinterpret_cast<const unsigned char*>(der.constData());
        X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
        if (certificate) m_certificates.push_back(std::move(certificate));
    }
}

} // namespace sallyport
