// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/result.h"
#include "core/tls/opensslhandle.h"
#include "core/tls/systemroots.h"
#include "core/tls/tlsengine.h"
#include "core/tls/tlssessions.h"

#include <QString>

#include <memory>

namespace sallyport {

/// What the client connections with the same trust share: roots, own certificate, sessions.
///
/// TLS 1.2 and 1.3, the ciphers and the security level that OpenSSL and the system's openssl.cnf
/// set, no compression, no renegotiation. The name is checked as RFC 9525 asks: subjectAltName
/// alone, a wildcard only for a whole first label.
class TlsClientContext {
public:
    /// The error says what of the own certificate and key cannot be used.
    [[nodiscard]] static Result<std::shared_ptr<TlsClientContext>, QString>
    make(const TlsClientOptions& options, SystemRoots& roots);

    /// A connection to `name` (a host name or an address) on `port`, resumed where that is
    /// possible. Null when `name` is nothing that a certificate can be checked for.
    [[nodiscard]] std::unique_ptr<TlsEngine>
    connectionTo(const QByteArray& name, quint16 port,
                 NamedBy namedBy = NamedBy::Configuration) const;
    [[nodiscard]] const TlsSessions& sessions() const { return *m_sessions; }

private:
    explicit TlsClientContext(SslContextPtr context)
        : m_context(std::move(context)) {}

    SslContextPtr m_context;
    std::shared_ptr<TlsSessions> m_sessions = std::make_shared<TlsSessions>();
};

} // namespace sallyport
