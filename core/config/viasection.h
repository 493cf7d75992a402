// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/upstream/upstreamconfig.h"

namespace sallyport {

/// `via` and `via_credential`.
[[nodiscard]] Via readVia(const MapReader& map, const QString& dir);

} // namespace sallyport
