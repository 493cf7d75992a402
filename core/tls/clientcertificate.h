// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <openssl/ssl.h>

namespace sallyport {

/// What a client shows to a server that asks for a certificate.
struct ClientCertificate {
    QByteArray chain; ///< PEM, the leaf first
    QByteArray key;   ///< PEM, without a passphrase; secret
};

/// Lets connections of `context` show it. Returns what is wrong with it, a clause; empty when
/// nothing is.
[[nodiscard]] QString useClientCertificate(SSL_CTX& context, const ClientCertificate& certificate);

/// Reads it from PEM files of at most 1 MiB each; an empty `keyFile` means that the key stands in
/// `certificateFile` too. The error, for people, names file and reason: what cannot be read, is no
/// PEM, has a passphrase, or does not fit together.
[[nodiscard]] Result<ClientCertificate, QString>
readClientCertificate(const QString& certificateFile, const QString& keyFile);

} // namespace sallyport
