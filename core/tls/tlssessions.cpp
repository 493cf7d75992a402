// SPDX-License-Identifier: MIT
#include "core/tls/tlssessions.h"

#include <algorithm>
#include <utility>

namespace sallyport {

void TlsSessions::put(const QByteArray& server, SslSessionPtr session) {
    m_entries.push_front({server, std::move(session)});
    std::size_t same = 0;
    m_entries.remove_if(
        [&](const Entry& entry) { return entry.server == server && ++same > kPerServer; });
    if (m_entries.size() > kSessions) m_entries.pop_back();
}

SslSessionPtr TlsSessions::take(const QByteArray& server) {
    // A session of a connection that failed is none any more.
    m_entries.remove_if(
        [](const Entry& entry) { return SSL_SESSION_is_resumable(entry.session.get()) != 1; });
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.server == server; });
    if (found == m_entries.end()) return {};
    if (SSL_SESSION_get_protocol_version(found->session.get()) < TLS1_3_VERSION) {
        SSL_SESSION_up_ref(found->session.get());
        return SslSessionPtr(found->session.get());
    }
    SslSessionPtr session = std::move(found->session);
    m_entries.erase(found);
    return session;
}

} // namespace sallyport
