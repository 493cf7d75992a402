// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/route.h"

namespace sallyport {

/// What a route does; fills `route.action`. The name of its upstream is one of `upstreams`, or a
/// finding.
void readAction(const MapReader& map, const QStringList& upstreams, Route& route);

} // namespace sallyport
