// SPDX-License-Identifier: MIT
#include "core/proxy/responsecache.h"

#include "core/cache/diskcache.h"

namespace sallyport {

ResponseCache::ResponseCache(const CacheRules& rules, bool isCredentialOurs)
    : m_rules(rules)
    , m_isCredentialOurs(isCredentialOurs)
    , m_store(rules) {}

ResponseCache::~ResponseCache() { leaveDisk(); }

void ResponseCache::leaveDisk() {
    m_store.setMirror(nullptr);
    m_disk.reset();
}

void ResponseCache::keepOnDisk(const QString& folder, const QByteArray& digest,
                               bool isReplacement) {
    m_disk = std::make_unique<DiskCache>(m_store, folder, digest,
                                         isReplacement ? DiskCache::Start::Empty
                                                       : DiskCache::Start::PutBack);
    m_store.setMirror(m_disk.get());
}

void ResponseCache::setDigest(const QByteArray& digest) {
    if (m_disk) m_disk->setDigest(digest);
}

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
