// SPDX-License-Identifier: MIT
#include "core/route/routeindex.h"

#include <algorithm>

namespace sallyport {

void RouteIndex::add(HostKind kind, QByteArrayView host, QByteArrayView prefix, std::size_t entry) {
    const auto prefixesOf = [&]() -> Prefixes& {
        switch (kind) {
        case HostKind::Exact: return m_exact[std::string(keyOf(host))];
        case HostKind::Suffix: return m_suffixes[std::string(keyOf(host))];
        case HostKind::Any: return m_anyHost;
        case HostKind::None: return m_withoutHost;
        }
        Q_UNREACHABLE();
    };
    Prefixes& prefixes = prefixesOf();
    prefixes.entries[std::string(keyOf(prefix))].push_back(entry);
    prefixes.longest = std::max(prefixes.longest, prefix.size());
}

QByteArrayView RouteIndex::firstBoundary(QByteArrayView path, qsizetype most) {
    if (path.size() <= most) return path;
    // A boundary may stand right after the longest prefix.
    const qsizetype slash = path.first(most + 1).lastIndexOf('/');
    return path.first(std::max<qsizetype>(slash, 0));
}

bool RouteIndex::hasHost(QByteArrayView host) const {
    return !host.isEmpty() &&
           eachHost(host, [](const Prefixes& prefixes) { return !prefixes.entries.empty(); });
}

} // namespace sallyport
