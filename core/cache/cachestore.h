// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/storability.h"
#include "core/cache/storedresponse.h"

#include <QHash>

#include <list>
#include <memory>

namespace sallyport {

using StoredPtr = std::shared_ptr<const StoredResponse>;

/// Is told what a store holds; calls come from inside those of the store.
class CacheMirror {
public:
    virtual ~CacheMirror() = default;
    virtual void stored(const QByteArray& key, const StoredPtr& response) = 0;
    virtual void erased(const QByteArray& key, const StoredPtr& response) = 0;
    /// All of that key is forgotten, also where nothing was held.
    virtual void forgotten(const QByteArray& key) = 0;
};

/// Stored responses in memory by target and selecting fields. Beyond `maxEntries` or `maxSize` the
/// least recently used goes; one above `maxEntry()` is not taken. Of one thread.
class CacheStore {
public:
    explicit CacheStore(const CacheRules& rules);

    /// The response for that request; of several the one with the latest receipt (RFC 9111 4).
    /// Counts as a use. Null where there is none.
    [[nodiscard]] StoredPtr find(const QByteArray& key, const FieldList& request);
    /// Takes the place of the response with the same selecting fields.
    void put(const QByteArray& key, StoredPtr response);
    /// Whether there is one with the same selecting fields.
    [[nodiscard]] bool holds(const QByteArray& key, const StoredResponse& response) const;
    [[nodiscard]] bool holdsAny(const QByteArray& key) const { return m_byKey.contains(key); }
    /// Forgets all responses of that key (RFC 9111 4.4).
    void remove(const QByteArray& key);

    /// Outlives the store, or is taken off again (null).
    void setMirror(CacheMirror* mirror) { m_mirror = mirror; }

    /// See CacheRules::maxEntry().
    [[nodiscard]] qsizetype maxEntry() const { return m_maxEntry; }
    [[nodiscard]] int entries() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

private:
    struct Entry {
        QByteArray key;
        StoredPtr response;
    };
    using Entries = std::list<Entry>;
    void erase(Entries::iterator entry);

    int m_maxEntries;
    qsizetype m_maxSize;
    qsizetype m_maxEntry;
    Entries m_entries; ///< the latest used in front
    QHash<QByteArray, QList<Entries::iterator>> m_byKey;
    qsizetype m_bytes = 0;
    CacheMirror* m_mirror = nullptr;
};

} // namespace sallyport
