// SPDX-License-Identifier: MIT
#include "core/proxy/responsecache.h"

namespace sallyport {

ResponseCache::ResponseCache(const CacheRules& rules, bool isCredentialOurs)
    : m_rules(rules)
    , m_isCredentialOurs(isCredentialOurs)
    , m_store(rules) {}

bool ResponseCache::lead(const QByteArray& key, CollapsedRequest& waiting) {
    if (m_unstored.contains(key)) return true;
    if (!m_leading.contains(key)) {
        m_leading.insert(key, {});
        return true;
    }
    m_leading[key].push_back(&waiting);
    return false;
}

void ResponseCache::release(const QByteArray& key, Outcome outcome) {
    if (outcome != Outcome::Unknown) m_unstored.remove(key);
    if (outcome == Outcome::NotStored) {
        if (m_unstored.size() >= kMaxUnstored) m_unstored.clear();
        m_unstored.insert(key);
    }
    const std::vector<CollapsedRequest*> waiting = m_leading.take(key);
    for (CollapsedRequest* each : waiting)
        each->released();
}

void ResponseCache::leave(const QByteArray& key, CollapsedRequest& waiting) {
    if (m_leading.contains(key)) std::erase(m_leading[key], &waiting);
}

} // namespace sallyport
