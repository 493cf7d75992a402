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
        if (m_routes[i].isEnabled) add(i);
}

void RouteTable::add(std::size_t route) {
    using Kind = RouteIndex::HostKind;
    const Route& added = m_routes[route];
    Entry entry;
    entry.route = route;
    entry.prefix = normalisedPath(added.match.path).path;
    entry.rewriteHead = withoutTrailingSlash(added.rewritePrefix.value_or(QByteArray()));
    const QByteArray& host = added.match.host;
    const std::size_t place = m_entries.size();
    if (host == "*")
        m_index.add(Kind::Any, {}, entry.prefix, place);
    else if (host.startsWith("*."))
        m_index.add(Kind::Suffix, QByteArrayView(host).sliced(1), entry.prefix, place);
    else
        m_index.add(host.isEmpty() ? Kind::None : Kind::Exact, host, entry.prefix, place);
    m_entries.push_back(std::move(entry));
}

bool RouteTable::takesMethod(std::size_t entry, QByteArrayView method) const {
    const auto& methods = m_routes[m_entries[entry].route].match.methods;
    return methods.empty() || std::any_of(methods.begin(), methods.end(), [&](const auto& each) {
               return ascii::equalsIgnoreCase(method, each);
           });
}

const RouteTable::Entry* RouteTable::best(const RouteQuery& query, QByteArrayView path) const {
    const Entry* found = nullptr;
    const bool isFound = m_index.eachUnder(query.host, path, [&](std::size_t entry) {
        found = &m_entries[entry];
        return takesMethod(entry, query.method);
    });
    return isFound ? found : nullptr;
}

bool RouteTable::isPrefixBoundary(const RouteQuery& query, QByteArrayView path) const {
    return m_index.eachAt(query.host, path,
                          [&](std::size_t entry) { return takesMethod(entry, query.method); });
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
    return m_index.hasHost(withoutRootDot(host));
}

} // namespace sallyport
