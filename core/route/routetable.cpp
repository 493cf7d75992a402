// SPDX-License-Identifier: MIT
#include "core/route/routetable.h"

#include "core/route/normalisedpath.h"
#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

QByteArray withoutTrailingSlash(QByteArray path) {
    while (path.endsWith('/'))
        path.chop(1);
    return path;
}

bool liesUnder(QByteArrayView path, QByteArrayView prefix) {
    return path.startsWith(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

bool anyEscapes(const std::vector<NormalisedPath>& readings) {
    return std::any_of(readings.begin(), readings.end(),
                       [](const NormalisedPath& each) { return each.escapesRoot; });
}

QByteArrayView withoutRootDot(QByteArrayView host) {
    return host.endsWith('.') ? host.chopped(1) : host;
}

} // namespace

RouteTable::RouteTable(std::vector<Route> routes)
    : m_routes(std::move(routes)) {
    for (std::size_t i = 0; i < m_routes.size(); ++i)
        if (m_routes[i].isEnabled) m_entries.push_back(entryFor(m_routes[i], i));
    std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
        if (a.hostKind != b.hostKind) return a.hostKind < b.hostKind;
        if (a.hostKind == HostKind::Suffix && a.host.size() != b.host.size())
            return a.host.size() > b.host.size();
        return a.prefix.size() > b.prefix.size();
    });
}

RouteTable::Entry RouteTable::entryFor(const Route& route, std::size_t index) {
    Entry entry;
    entry.route = index;
    const QByteArray& host = route.match.host;
    if (host == "*") {
        entry.hostKind = HostKind::Any;
    } else if (host.startsWith("*.")) {
        entry.hostKind = HostKind::Suffix;
        entry.host = host.mid(1);
    } else if (!host.isEmpty()) {
        entry.hostKind = HostKind::Exact;
        entry.host = host;
    }
    entry.prefix = normalisedPath(route.match.path).path;
    entry.rewriteHead = withoutTrailingSlash(route.rewritePrefix.value_or(QByteArray()));
    return entry;
}

bool RouteTable::takesHost(const Entry& entry, QByteArrayView host) {
    switch (entry.hostKind) {
    case HostKind::Exact: return host == entry.host;
    case HostKind::Suffix: return host.size() > entry.host.size() && host.endsWith(entry.host);
    case HostKind::Any: return !host.isEmpty();
    case HostKind::None: return host.isEmpty();
    }
    Q_UNREACHABLE();
}

bool RouteTable::takes(const Entry& entry, const RouteQuery& query) const {
    if (!takesHost(entry, query.host)) return false;
    const auto& methods = m_routes[entry.route].match.methods;
    return methods.empty() || std::any_of(methods.begin(), methods.end(), [&](const auto& method) {
               return ascii::equalsIgnoreCase(query.method, method);
           });
}

const RouteTable::Entry* RouteTable::best(const RouteQuery& query, QByteArrayView path) const {
    for (const Entry& entry : m_entries)
        if (liesUnder(path, entry.prefix) && takes(entry, query)) return &entry;
    return nullptr;
}

bool RouteTable::isPrefixBoundary(const RouteQuery& query, QByteArrayView path) const {
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return path == entry.prefix && takes(entry, query);
    });
}

RouteOutcome RouteTable::match(const RouteQuery& query) const {
    const RouteQuery asked{query.method, withoutRootDot(query.host), query.pathAndQuery};
    const qsizetype mark = asked.pathAndQuery.indexOf('?');
    const QByteArrayView path = mark < 0 ? asked.pathAndQuery : asked.pathAndQuery.first(mark);
    if (!isPlainPath(path)) return matchOdd(asked, path);
    const Entry* entry = best(asked, path);
    if (!entry) return RouteNotFound{};
    return found(*entry, asked.pathAndQuery, entry->prefix.size());
}

RouteOutcome RouteTable::matchOdd(const RouteQuery& query, QByteArrayView path) const {
    if (path.isEmpty())
        return match(
            {query.method, query.host, QByteArray('/' + query.pathAndQuery.toByteArray())});
    if (query.pathAndQuery == "*") {
        const Entry* entry = best(query, {});
        if (!entry) return RouteNotFound{};
        return RouteFound{&m_routes[entry->route], "*"};
    }
    if (path.front() != '/') return RouteEscape{};

    const auto readings = normalisedPaths(
        path, [&](QByteArrayView prefix) { return isPrefixBoundary(query, prefix); });
    if (!readings || anyEscapes(*readings)) return RouteEscape{};
    const Entry* entry = best(query, readings->front().path);
    const auto isElsewhere = [&](const NormalisedPath& each) {
        return best(query, each.path) != entry;
    };
    if (std::any_of(readings->begin(), readings->end(), isElsewhere)) return RouteEscape{};
    if (!entry) return RouteNotFound{};

    // No segment of the prefix was left again, so the end of its last one is where the bytes begin
    // that the rewrite keeps.
    const auto depth = static_cast<std::size_t>(entry->prefix.count('/'));
    const qsizetype headBytes = depth == 0 ? 0 : readings->front().ends[depth - 1];
    if (m_routes[entry->route].rewritePrefix) {
        const auto kept = normalisedPaths(path.sliced(headBytes));
        if (!kept || anyEscapes(*kept)) return RouteEscape{};
    }
    return found(*entry, query.pathAndQuery, headBytes);
}

RouteFound RouteTable::found(const Entry& entry, QByteArrayView pathAndQuery,
                             qsizetype headBytes) const {
    const Route& route = m_routes[entry.route];
    if (!route.rewritePrefix) return {&route, pathAndQuery.toByteArray()};
    QByteArrayView rest = pathAndQuery.sliced(headBytes);
    // Nothing but the prefix was asked for: the new one goes out as the file has it.
    if (rest.isEmpty() || rest.front() == '?')
        return {&route, *route.rewritePrefix + rest.toByteArray()};
    if (entry.rewriteHead.isEmpty())
        while (rest.startsWith("//"))
            rest = rest.sliced(1);
    QByteArray target;
    target.reserve(entry.rewriteHead.size() + rest.size());
    target.append(entry.rewriteHead).append(rest);
    return {&route, std::move(target)};
}

bool RouteTable::hasRouteForHost(QByteArrayView host) const {
    const QByteArrayView name = withoutRootDot(host);
    return !name.isEmpty() &&
           std::any_of(m_entries.begin(), m_entries.end(),
                       [&](const Entry& entry) { return takesHost(entry, name); });
}

} // namespace sallyport
