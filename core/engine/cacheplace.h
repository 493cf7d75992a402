// SPDX-License-Identifier: MIT
#pragma once

#include "core/proxy/routecaches.h"

#include <QString>

namespace sallyport {

/// The folder `cache` in the state folder, and a digest of routes.yaml as it stands in `configDir`:
/// what was stored under other rules is not used after a restart.
[[nodiscard]] CachePlace cachePlace(const QString& stateDir, const QString& configDir);

} // namespace sallyport
