// SPDX-License-Identifier: MIT
#include "core/authority/leafcache.h"

#include <algorithm>
#include <utility>

namespace sallyport {

std::shared_ptr<const TlsIdentity> LeafCache::find(const QByteArray& host, const QDateTime& now) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.host == host; });
    if (found == m_entries.end()) return {};
    if (now >= found->goodUntil) {
        m_entries.erase(found);
        return {};
    }
    m_entries.splice(m_entries.begin(), m_entries, found);
    return found->leaf;
}

void LeafCache::put(const QByteArray& host, std::shared_ptr<const TlsIdentity> leaf,
                    const QDateTime& goodUntil) {
    m_entries.remove_if([&](const Entry& entry) { return entry.host == host; });
    m_entries.push_front({host, std::move(leaf), goodUntil});
    if (m_entries.size() > kLeaves) m_entries.pop_back();
}

} // namespace sallyport
