// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/tls/tlsengine.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace sallyport {

/// What this process shows as a TLS server, for each host that it answers for.
class CertificateSource {
public:
    virtual ~CertificateSource() = default;
    /// Why no certificate for `host` can be shown now, and what would mend it: one clause for
    /// people. Empty where engineFor() can be asked. Costs nothing: asked at each CONNECT.
    [[nodiscard]] virtual QString problemFor(const QByteArray& host) const = 0;
    /// The server's side of one connection, with a certificate for `host` (lower case, an IPv6
    /// address without brackets), ALPN http/1.1. The error is one clause for people.
    [[nodiscard]] virtual Result<std::unique_ptr<TlsEngine>, QString>
    engineFor(const QByteArray& host) = 0;
};

} // namespace sallyport
