// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/route/route.h"
#include "core/support/exchangeerror.h"

#include <QByteArray>
#include <QByteArrayView>

#include <variant>
#include <vector>

namespace sallyport {

/// What is matched on.
struct RouteQuery {
    QByteArrayView method;
    /// Host named by the request, lower case, without port; empty when the request is addressed to
    /// Sallyport itself.
    QByteArrayView host;
    QByteArrayView pathAndQuery; ///< octets as they came, origin-form
};

/// A route was found; `route` lives as long as the table.
struct RouteFound {
    const Route* route = nullptr;
    QByteArray target; ///< octets to send on: as they came, but for the rewritten prefix
};
struct RouteNotFound {};
/// The path climbs out of the route's prefix once normalised (RFC 3986 5.2.4), or cannot be
/// normalised (bad percent-encoding of a dot or slash, NUL).
struct RouteEscape {};
using RouteOutcome = std::variant<RouteFound, RouteNotFound, RouteEscape>;

/// The routes of one configuration, ordered for matching: with a host before without, exact host
/// before suffix before `*`, the longest path prefix first, then the order of the file. Disabled
/// ones take no part. Immutable; shared by the exchanges that began under it.
class RouteTable {
public:
    explicit RouteTable(std::vector<Route> routes = {});
    [[nodiscard]] RouteOutcome match(const RouteQuery& query) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return m_routes; }
    /// True when a host-bound route is for this name, whatever its path.
    [[nodiscard]] bool hasRouteForHost(QByteArrayView host) const;

private:
    std::vector<Route> m_routes;
    std::vector<std::size_t> m_order;
};

/// The path with dot-segments, `%2e` and empty segments resolved, for deciding only. The second
/// is false when the path climbs above its root on the way.
[[nodiscard]] std::pair<QByteArray, bool> normalisedPath(QByteArrayView path);

} // namespace sallyport
