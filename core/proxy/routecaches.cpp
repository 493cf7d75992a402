// SPDX-License-Identifier: MIT
#include "core/proxy/routecaches.h"

#include "core/cache/diskcache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStringList>
#include <QThreadPool>

namespace sallyport {

namespace {

CacheRules rulesOf(const RouteCache& cache) {
    CacheRules rules;
    rules.ttl = cache.ttl;
    rules.maxEntries = cache.maxEntries;
    rules.maxSize = static_cast<qsizetype>(cache.maxSize);
    return rules;
}

/// A name of its own for whatever the route is called.
QString folderOf(const Route& route) {
    constexpr qsizetype kDigits = 32;
    const QByteArray digest =
        QCryptographicHash::hash(route.name.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().first(kDigits));
}

} // namespace

bool RouteCaches::isKept(const Entry& entry, const Source& source) {
    return entry.route == source.route && entry.isCredentialOurs == source.isCredentialOurs &&
           (entry.inner == source.transport || source.isSameUpstream);
}

void RouteCaches::add(const Source& source, CachingContext context, const RouteCaches* previous) {
    if (!source.route.cache || !source.transport) return;
    bool isReplacement = false;
    if (previous) {
        const auto found = previous->m_entries.find(source.route.name);
        if (found != previous->m_entries.end() && isKept(found->second, source)) {
            Entry entry = found->second;
            entry.cache->setDigest(source.place.digest);
            if (entry.inner != source.transport) {
                entry.inner = source.transport;
                entry.caching = makeCachingTransport(source.transport, entry.cache, context);
            }
            m_entries[source.route.name] = std::move(entry);
            return;
        }
        isReplacement = found != previous->m_entries.end();
        if (isReplacement) found->second.cache->leaveDisk();
    }
    auto cache =
        std::make_shared<ResponseCache>(rulesOf(*source.route.cache), source.isCredentialOurs);
    if (source.route.cache->isOnDisk && !source.place.folder.isEmpty())
        cache->keepOnDisk(source.place.folder + u'/' + folderOf(source.route), source.place.digest,
                          isReplacement);
    auto caching = makeCachingTransport(source.transport, cache, context);
    m_entries[source.route.name] = {source.route, source.transport, std::move(cache),
                                    std::move(caching), source.isCredentialOurs};
}

void RouteCaches::removeOthers(const CachePlace& place) const {
    if (place.folder.isEmpty()) return;
    QStringList kept;
    for (const auto& [name, entry] : m_entries)
        if (entry.route.cache->isOnDisk) kept << folderOf(entry.route);
    QThreadPool::globalInstance()->start([folder = place.folder, kept] {
        const QStringList all = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString& each : all)
            if (!kept.contains(each) && DiskCache::isOwnFolder(each))
                QDir(folder + u'/' + each).removeRecursively();
    });
}

std::shared_ptr<UpstreamTransport> RouteCaches::transportOf(const Route& route) const {
    const auto found = m_entries.find(route.name);
    return found == m_entries.end() ? nullptr : found->second.caching;
}

} // namespace sallyport
