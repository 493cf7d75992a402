// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/route/route.h"
#include "core/route/routeindex.h"
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
/// In one of its readings (normalisedPaths()) the path climbs out of the route's prefix or is
/// another route's; or it has no slash in front, or no readings.
struct RouteEscape {};
using RouteOutcome = std::variant<RouteFound, RouteNotFound, RouteEscape>;

/// The routes of one configuration, ordered for matching: exact host before suffix before `*`
/// before none, the longest path prefix first, then the order of the file. Disabled ones take no
/// part. Immutable; shared by the exchanges that began under it.
///
/// A prefix matches on segment boundaries; a slash at its end says nothing: `/defm/` and `/defm`
/// both take `/defm`, `/defm/` and `/defm/x`, neither takes `/defmx`.
///
/// Matching decides on normalisedPaths(): all readings of a path must end in the same route, or in
/// none. Dot-segments that stay inside a route pass as they came; a path that enters the prefix of
/// a route that would take it and climbs out again is an escape, even when it comes back.
/// Parameters of a segment say nothing: `/defm;x=1/y` is below `/defm`. Methods are compared
/// without regard to case, since there are origins that fold it.
///
/// A rewrite replaces the raw bytes that make up the matched prefix (`/v1//claude`,
/// `/v1/%63laude`), and keeps the others. A rewrite to `/` takes along empty segments at the
/// joint, so that no target begins with `//` that did not come so. What is kept must not climb by
/// itself in any reading, so that nothing leaves the new prefix, nor the base path that an upstream
/// puts before it.
class RouteTable {
public:
    explicit RouteTable(std::vector<Route> routes = {});
    [[nodiscard]] RouteOutcome match(const RouteQuery& query) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return m_routes; }
    /// True when an enabled host-bound route is for this name, whatever its path.
    [[nodiscard]] bool hasRouteForHost(QByteArrayView host) const;

private:
    struct Entry {
        std::size_t route = 0;
        QByteArray prefix;      ///< as NormalisedPath::path has it: "" for "/"
        QByteArray rewriteHead; ///< what replaces the prefix, without a slash at the end
    };
    void add(std::size_t route);
    [[nodiscard]] bool takesMethod(std::size_t entry, QByteArrayView method) const;
    [[nodiscard]] const Entry* best(const RouteQuery& query, QByteArrayView path) const;
    [[nodiscard]] bool isPrefixBoundary(const RouteQuery& query, QByteArrayView path) const;
    [[nodiscard]] RouteOutcome matchOdd(const RouteQuery& query, QByteArrayView path) const;
    [[nodiscard]] RouteFound found(const Entry& entry, QByteArrayView pathAndQuery,
                                   qsizetype headBytes) const;

    std::vector<Route> m_routes;
    std::vector<Entry> m_entries; ///< enabled ones, in the order of the file
    RouteIndex m_index;           ///< of m_entries
};

} // namespace sallyport
