// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/route.h"

namespace sallyport {

/// Reads `cache: {ttl, max_entries, max_size, disk}` of a route, which goes to an upstream. An
/// empty map caches by what responses say.
void readCache(const MapReader& map, Route& route);

} // namespace sallyport
