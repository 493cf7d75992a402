// SPDX-License-Identifier: MIT
#include "core/tls/clientcertificate.h"

#include "core/support/regularfile.h"
#include "core/tls/opensslhandle.h"
#include "core/tls/tlserror.h"

#include <QCoreApplication>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace sallyport {

namespace {

BioPtr reading(const QByteArray& pem) {
    return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

bool useChain(SSL_CTX& context, const QByteArray& pem) {
    const BioPtr from = reading(pem);
    const X509Ptr own(PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr));
    if (!own || SSL_CTX_use_certificate(&context, own.get()) != 1) return false;
    while (X509Ptr above{PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr)})
        if (SSL_CTX_add1_chain_cert(&context, above.get()) != 1) return false;
    ERR_clear_error(); // the end of the file is one
    return true;
}

bool useKey(SSL_CTX& context, const QByteArray& pem) {
    const BioPtr from = reading(pem);
    // No callback: a key with a passphrase is refused without a prompt.
    char none[] = ""; // NOLINT: the signature wants a char*
    const PrivateKeyPtr key(PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, none));
    return key && SSL_CTX_use_PrivateKey(&context, key.get()) == 1;
}

QString reason() {
    const QString text = tlsFailureText(ERR_peek_error());
    ERR_clear_error();
    return text;
}

Failure<QString> cannotUse(const QString& path, const QString& why) {
    return Failure{
        QCoreApplication::translate("TlsClient", "cannot use the client certificate %1: %2")
            .arg(path, why)};
}

} // namespace

QString useClientCertificate(SSL_CTX& context, const ClientCertificate& certificate) {
    ERR_clear_error();
    if (!useChain(context, certificate.chain))
        return QCoreApplication::translate("TlsClient", "the client certificate cannot be used: %1")
            .arg(reason());
    if (!useKey(context, certificate.key))
        return QCoreApplication::translate("TlsClient",
                                           "the key of the client certificate cannot be used: %1")
            .arg(reason());
    return {};
}

Result<ClientCertificate, QString> readClientCertificate(const QString& certificateFile,
                                                         const QString& keyFile) {
    constexpr qsizetype kMaxBytes = qsizetype{1024} * 1024;
    const QString& keyPath = keyFile.isEmpty() ? certificateFile : keyFile;
    const auto chain = readRegularFile(certificateFile, kMaxBytes);
    if (!chain) return cannotUse(certificateFile, chain.error());
    const auto key = readRegularFile(keyPath, kMaxBytes);
    if (!key) return cannotUse(keyPath, key.error());
    ClientCertificate read{*chain, *key};
    const SslContextPtr trial(SSL_CTX_new(TLS_client_method()));
    const QString fault = useClientCertificate(*trial, read);
    if (!fault.isEmpty())
        return cannotUse(keyFile.isEmpty() ? certificateFile : certificateFile + u", " + keyFile,
                         fault);
    return read;
}

} // namespace sallyport
