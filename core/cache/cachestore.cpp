// SPDX-License-Identifier: MIT
#include "core/cache/cachestore.h"

#include "core/cache/varyfields.h"

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
    while (m_bytes > m_maxSize || entries() > m_maxEntries)
        erase(std::prev(m_entries.end()));
}

void CacheStore::remove(const QByteArray& key) {
    const auto found = m_byKey.constFind(key);
    if (found == m_byKey.constEnd()) return;
    for (const Entries::iterator& entry : QList<Entries::iterator>(*found))
        erase(entry);
}

void CacheStore::erase(Entries::iterator entry) {
    m_bytes -= entry->response->size();
    QList<Entries::iterator>& sameKey = m_byKey[entry->key];
    sameKey.removeOne(entry);
    if (sameKey.isEmpty()) m_byKey.remove(entry->key);
    m_entries.erase(entry);
}

} // namespace sallyport
