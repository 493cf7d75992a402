// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/tlsidentity.h"

#include <QByteArray>
#include <QDateTime>

#include <cstddef>
#include <list>
#include <memory>

namespace sallyport {

/// The leaves that were made, by host; beyond kLeaves the one that was used longest ago goes.
class LeafCache {
public:
    /// One takes about 4 KiB.
    static constexpr std::size_t kLeaves = 256;

    /// Null when there is none that is good beyond `now`.
    [[nodiscard]] std::shared_ptr<const TlsIdentity> find(const QByteArray& host,
                                                          const QDateTime& now);
    /// `goodUntil`: from then on find() gives it no more.
    void put(const QByteArray& host, std::shared_ptr<const TlsIdentity> leaf,
             const QDateTime& goodUntil);
    void clear() { m_entries.clear(); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        QByteArray host;
        std::shared_ptr<const TlsIdentity> leaf;
        QDateTime goodUntil;
    };
    std::list<Entry> m_entries; ///< the last used first
};

} // namespace sallyport
