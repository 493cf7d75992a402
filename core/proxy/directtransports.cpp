// SPDX-License-Identifier: MIT
#include "core/proxy/directtransports.h"

#include "core/support/defaultport.h"

#include <algorithm>

namespace sallyport {

std::shared_ptr<UpstreamTransport>
DirectTransports::transportFor(const Authority& authority, bool isTls,
                               const std::shared_ptr<const void>& rules,
                               SocketTransportOptions options) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return entry.isTls == isTls && entry.authority == authority && entry.rules.lock() == rules;
    });
    if (found != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found);
        return found->transport;
    }
    UpstreamTarget target;
    target.isTls = isTls;
    target.host = authority.host;
    target.port = authority.portOr(defaultPort(isTls));
    target.authority = authority.toBytes();
    options.targets = {target};
    options.namedBy = NamedBy::Client;
    options.idleQuota = m_idleQuota;
    m_entries.push_front({authority, isTls, rules,
                          makeSocketTransport(m_connector, m_deadlines, std::move(options))});
    if (m_entries.size() > kKept) m_entries.pop_back();
    return m_entries.front().transport;
}

} // namespace sallyport
