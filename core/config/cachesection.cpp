// SPDX-License-Identifier: MIT
#include "core/config/cachesection.h"

#include "core/config/sections.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

constexpr qint64 kMaxEntries = 1'000'000;
constexpr qint64 kLeastSize = 64 * 1024;

scalars::Parsed<std::chrono::seconds> lifetime(const QByteArray& text) {
    const auto parsed = scalars::positiveDuration(text);
    if (!parsed) return Failure{parsed.error()};
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(*parsed);
    if (whole == *parsed) return whole;
    return Failure{QCoreApplication::translate(
        "Config", "HTTP counts the age of a response in whole seconds; write one like 300s")};
}

scalars::Parsed<qint64> cacheSize(const QByteArray& text) {
    const auto parsed = scalars::size(text);
    if (!parsed || *parsed >= kLeastSize) return parsed;
    return Failure{QCoreApplication::translate(
        "Config", "a cache has at least 64KiB; one response may take an eighth of it")};
}

} // namespace

void readCache(const MapReader& map, Route& route) {
    if (!map.has("cache")) return;
    const MapReader section = sectionOf(map, "cache", {"ttl", "max_entries", "max_size", "disk"});
    RouteCache cache;
    std::chrono::seconds ttl{0};
    section.read("ttl", ttl, lifetime);
    if (ttl.count() > 0) cache.ttl = ttl;
    qint64 entries = cache.maxEntries;
    section.read("max_entries", entries,
                 [](const QByteArray& text) { return scalars::number(text, 1, kMaxEntries); });
    cache.maxEntries = static_cast<int>(entries);
    section.read("max_size", cache.maxSize, cacheSize);
    section.readBool("disk", cache.isOnDisk);
    if (!std::holds_alternative<ToUpstream>(route.action))
        map.refuse("cache", QCoreApplication::translate(
                                "Config", "only what an upstream sends is stored; take it out, or "
                                          "give the route an upstream"));
    route.cache = cache;
}

} // namespace sallyport
