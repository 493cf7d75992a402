// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/opensslhandle.h"

#include <QByteArray>

#include <list>

namespace sallyport {

/// What servers gave for a shorter handshake with them (RFC 8446 2.2, RFC 5077), newest first.
class TlsSessions {
public:
    /// Kept per server: two tickets come with each TLS 1.3 handshake, and each serves once.
    static constexpr std::size_t kPerServer = 4;
    /// Kept in all; the oldest goes. One takes 2 to 6 KiB.
    static constexpr std::size_t kSessions = 128;

    void put(const QByteArray& server, SslSessionPtr session);
    /// The newest that can still be used, or null. One of TLS 1.3 is given out once (RFC 8446 C.4:
    /// reuse would let a listener link connections).
    [[nodiscard]] SslSessionPtr take(const QByteArray& server);
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        QByteArray server;
        SslSessionPtr session;
    };
    std::list<Entry> m_entries;
};

} // namespace sallyport
