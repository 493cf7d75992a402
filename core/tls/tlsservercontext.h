// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/tls/opensslhandle.h"
#include "core/tls/tlsengine.h"
#include "core/tls/tlsidentity.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace sallyport {

/// What the server connections share: rules and sessions.
///
/// TLS 1.2 and 1.3, key exchange with forward secrecy and authenticated encryption only, the
/// protocol http/1.1 (a client that offers others alone gets no_application_protocol, RFC 7301
/// 3.2), no compression, no renegotiation, no early data. A client may resume for two hours: the
/// sessions are kept here, at most kSessions, so that there is no ticket key whose loss would open
/// what was recorded. A session is good for the name that it was made for alone (RFC 6066 3).
class TlsServerContext {
public:
    static constexpr long kSessions = 1024;
    static constexpr long kSessionSeconds = 7200;

    /// The error is a clause for people; only a broken OpenSSL gives one.
    [[nodiscard]] static Result<std::shared_ptr<TlsServerContext>, QString> make();

    /// A connection that shows `identity`. `host` is the name or address that it was chosen for:
    /// only connections of the same one resume each other's sessions. Bytes of the client that have
    /// come already, for example those of a ClientHelloReader, are given to the engine (setInput(),
    /// keepRest()) before the handshake begins. Null when certificate and key do not fit together.
    [[nodiscard]] std::unique_ptr<TlsEngine> connectionWith(const TlsIdentity& identity,
                                                            const QByteArray& host) const;

private:
    explicit TlsServerContext(SslContextPtr context)
        : m_context(std::move(context)) {}

    SslContextPtr m_context;
};

} // namespace sallyport
