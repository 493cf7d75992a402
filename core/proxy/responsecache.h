// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/cachestore.h"

#include <QSet>

#include <memory>
#include <vector>

namespace sallyport {

/// A request that waits for the response to another one for the same target.
class CollapsedRequest {
public:
    virtual ~CollapsedRequest() = default;
    /// The other one is stored, or will not be. Called from another request's call: look again in
    /// the next turn of the event loop.
    virtual void released() = 0;
};

class DiskCache;

/// The cache of one route: what is stored, and which requests wait for one that is under way. Of
/// one thread; outlives every exchange that uses it.
class ResponseCache {
public:
    /// `isCredentialOurs`: see CacheRequest.
    ResponseCache(const CacheRules& rules, bool isCredentialOurs);
    ~ResponseCache();
    ResponseCache(const ResponseCache&) = delete;
    ResponseCache& operator=(const ResponseCache&) = delete;

    /// From now on what is stored is also kept on disk, see DiskCache.
    void keepOnDisk(const QString& folder, const QByteArray& digest, bool isReplacement);
    /// Another cache takes its place: what is stored from now on is in memory alone.
    void leaveDisk();
    /// The rules have changed, but not for this cache.
    void setDigest(const QByteArray& digest);

    [[nodiscard]] const CacheRules& rules() const { return m_rules; }
    [[nodiscard]] bool isCredentialOurs() const { return m_isCredentialOurs; }
    [[nodiscard]] CacheStore& store() { return m_store; }

    /// True: the caller goes on for this key, and calls release() once. False: another request is
    /// under way, and `waiting` is told. Where the last response for the key could not be stored
    /// nobody waits, and the answer is true without a release() being awaited.
    [[nodiscard]] bool lead(const QByteArray& key, CollapsedRequest& waiting);
    enum class Outcome {
        Stored,
        NotStored, ///< nor will the next one be: nobody waits for it
        Unknown,   ///< the request ended before its response said
    };
    /// What became of the request that leads; those that wait look again.
    void release(const QByteArray& key, Outcome outcome);
    /// `waiting` waits no more.
    void leave(const QByteArray& key, CollapsedRequest& waiting);

private:
    /// Keys whose last response could not be stored; beyond so many all are forgotten.
    static constexpr int kMaxUnstored = 4096;

    const CacheRules m_rules;
    const bool m_isCredentialOurs;
    CacheStore m_store;
    std::unique_ptr<DiskCache> m_disk; ///< null: memory alone
    QHash<QByteArray, std::vector<CollapsedRequest*>> m_leading;
    QSet<QByteArray> m_unstored;
};

} // namespace sallyport
