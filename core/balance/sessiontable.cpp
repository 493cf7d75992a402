// SPDX-License-Identifier: MIT
#include "core/balance/sessiontable.h"

namespace sallyport {

std::optional<quint64> SessionTable::find(QByteArrayView session) const {
    const auto found = m_places.find(keyOf(session));
    return found == m_places.end() ? std::nullopt : std::optional(found->second->target);
}

void SessionTable::put(QByteArrayView session, quint64 target) {
    if (session.isEmpty() || session.size() > kMaxName) return;
    if (const auto found = m_places.find(keyOf(session)); found != m_places.end()) {
        found->second->target = target;
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return;
    }
    m_entries.push_front({session.toByteArray(), target});
    m_places.emplace(keyOf(m_entries.front().session), m_entries.begin());
    if (m_entries.size() <= kMost) return;
    m_places.erase(keyOf(m_entries.back().session));
    m_entries.pop_back();
}

void SessionTable::forget(QByteArrayView session) {
    const auto found = m_places.find(keyOf(session));
    if (found == m_places.end()) return;
    const auto entry = found->second;
    m_places.erase(found);
    m_entries.erase(entry);
}

} // namespace sallyport
