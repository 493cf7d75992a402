// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/result.h"
#include "core/upstream/proxylogin.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

namespace sallyport {

/// The tokens of one login by NTLM or Negotiate, made by GSS-API (RFC 2743, 4178): a ticket of
/// Kerberos from the user's own cache for Negotiate; user and password for NTLM, where the system
/// has a mechanism for it (gss-ntlmssp). A login is the work of a thread of the global pool, since
/// it may ask a key distribution centre.
class SecurityTokens {
public:
    /// `scheme` is "ntlm" or "negotiate", `host` the proxy's.
    SecurityTokens(const QByteArray& scheme, const QByteArray& host, const ProxyIdentity& identity);
    ~SecurityTokens();
    SecurityTokens(const SecurityTokens&) = delete;
    SecurityTokens& operator=(const SecurityTokens&) = delete;

    /// The token that answers `challenge`, empty at first. `done` is called from the event loop of
    /// this thread, unless this is gone by then; the error is a clause with the way out.
    void next(const QByteArray& challenge,
              std::function<void(const Result<QByteArray, QString>&)> done);

private:
    class Context;
    std::shared_ptr<Context> m_context; ///< used by one thread at a time
};

} // namespace sallyport
