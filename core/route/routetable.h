// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/route/route.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>
#include <QByteArrayView>

#include <utility>
#include <variant>
#include <vector>

namespace sallyport {

/// What is matched on.
struct RouteQuery {
    QByteArrayView method;
    /// Host named by the request, lower case, without port; empty when the request is addressed to
    /// Sallyport itself.
    QByteArrayView host;
    QByteArrayView pathAndQuery; ///< bytes as they came, origin-form (or "*")
};

/// A route was found; `route` lives as long as the table.
struct RouteFound {
    const Route* route = nullptr;
    QByteArray target; ///< bytes to send on: as they came, but for the rewritten prefix
};
struct RouteNotFound {};
/// The path climbs out of the route's prefix once normalised (RFC 3986 5.2.4), or cannot be
/// normalised (NUL, no leading slash), or a lenient server would read it as another route's path.
struct RouteEscape {};
using RouteOutcome = std::variant<RouteFound, RouteNotFound, RouteEscape>;

/// The routes of one configuration, ordered for matching: exact host before suffix before `*`
/// before none, the longest path prefix first, then the order of the file. Disabled ones take no
/// part. Immutable; shared by the exchanges that began under it.
///
/// A prefix matches on segment boundaries; a slash at its end says nothing: `/defm/` and `/defm`
/// both take `/defm`, `/defm/` and `/defm/x`, neither takes `/defmx`.
///
/// Matching decides on normalisedPath(). Dot-segments that stay inside a route pass as they came;
/// a path that enters the prefix of a route that would take it and climbs out again is an escape,
/// even when it comes back. A path with encoded slashes, backslashes, `..;` or repeated encoding
/// is read a second time as the most forgiving server would; if the two readings end in different
/// routes, or the second one climbs, that is an escape too.
///
/// A rewrite replaces the raw bytes that make up the matched prefix (`/v1//claude`,
/// `/v1/%63laude`), and keeps the others. A rewrite to `/` takes along empty segments at the
/// joint, so that no target begins with `//` that did not come so.
class RouteTable {
public:
    explicit RouteTable(std::vector<Route> routes = {});
    [[nodiscard]] RouteOutcome match(const RouteQuery& query) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return m_routes; }
    /// True when an enabled host-bound route is for this name, whatever its path.
    [[nodiscard]] bool hasRouteForHost(QByteArrayView host) const;

private:
    enum class HostKind { Exact, Suffix, Any, None };
    struct Entry {
        std::size_t route = 0;
        HostKind hostKind = HostKind::None;
        QByteArray host;          ///< a name, or `.suffix`
        QByteArray prefix;        ///< normal form without a slash at the end: "" for "/"
        QByteArray lenientPrefix; ///< the same as read leniently
        QByteArray rewriteHead;   ///< what replaces the prefix, without a slash at the end
    };
    [[nodiscard]] static Entry entryFor(const Route& route, std::size_t index);
    [[nodiscard]] static bool takesHost(const Entry& entry, QByteArrayView host);
    [[nodiscard]] bool takes(const Entry& entry, const RouteQuery& query) const;
    [[nodiscard]] const Entry* best(const RouteQuery& query, QByteArrayView path,
                                    QByteArray Entry::*prefix) const;
    [[nodiscard]] bool isPrefixBoundary(const RouteQuery& query, QByteArrayView path,
                                        QByteArray Entry::*prefix) const;
    [[nodiscard]] RouteOutcome matchOdd(const RouteQuery& query, QByteArrayView path) const;
    [[nodiscard]] RouteFound found(const Entry& entry, QByteArrayView pathAndQuery,
                                   qsizetype headBytes) const;

    std::vector<Route> m_routes;
    std::vector<Entry> m_entries; ///< enabled ones, in the order of matching
};

/// The path with dot-segments, `%2e` and empty segments resolved, for deciding only. The second
/// is false when the path climbs above its root on the way.
[[nodiscard]] std::pair<QByteArray, bool> normalisedPath(QByteArrayView path);

} // namespace sallyport
