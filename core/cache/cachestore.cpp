// SPDX-License-Identifier: MIT
#include "core/cache/cachestore.h"

#include "core/cache/varyfields.h"

#include <algorithm>
#include <utility>

namespace sallyport {

CacheStore::CacheStore(const CacheRules& rules)
    : m_maxEntries(rules.maxEntries)
    , m_maxSize(rules.maxSize)
    , m_maxEntry(rules.maxEntry()) {}

StoredPtr CacheStore::find(const QByteArray& key, const FieldList& request) {
    const auto found = m_byKey.constFind(key);
    if (found == m_byKey.constEnd()) return {};
    auto best = m_entries.end();
    for (const Entries::iterator& entry : *found) {
        if (!isSelected(*entry->response, request)) continue;
        if (best == m_entries.end() || entry->response->receivedAt > best->response->receivedAt)
            best = entry;
    }
    if (best == m_entries.end()) return {};
    m_entries.splice(m_entries.begin(), m_entries, best);
    return best->response;
}

void CacheStore::put(const QByteArray& key, StoredPtr response) {
    const auto found = m_byKey.constFind(key);
    if (found != m_byKey.constEnd()) {
        for (const Entries::iterator& entry : QList<Entries::iterator>(*found))
            if (entry->response->selectedBy == response->selectedBy) erase(entry);
    }
    if (response->size() > m_maxEntry) return;
    m_bytes += response->size();
    m_entries.push_front({key, std::move(response)});
    m_byKey[key].append(m_entries.begin());
    if (m_mirror) m_mirror->stored(key, m_entries.front().response);
    while (m_bytes > m_maxSize || entries() > m_maxEntries)
        erase(std::prev(m_entries.end()));
}

bool CacheStore::holds(const QByteArray& key, const StoredResponse& response) const {
    const auto found = m_byKey.constFind(key);
    return found != m_byKey.constEnd() &&
           std::any_of(found->begin(), found->end(), [&](const Entries::iterator& entry) {
               return entry->response->selectedBy == response.selectedBy;
           });
}

void CacheStore::remove(const QByteArray& key) {
    if (m_mirror) m_mirror->forgotten(key);
    const auto found = m_byKey.constFind(key);
    if (found == m_byKey.constEnd()) return;
    for (const Entries::iterator& entry : QList<Entries::iterator>(*found))
        erase(entry);
}

void CacheStore::erase(Entries::iterator entry) {
    m_bytes -= entry->response->size();
    if (m_mirror) m_mirror->erased(entry->key, entry->response);
    QList<Entries::iterator>& sameKey = m_byKey[entry->key];
    sameKey.removeOne(entry);
    if (sameKey.isEmpty()) m_byKey.remove(entry->key);
    m_entries.erase(entry);
}

} // namespace sallyport
