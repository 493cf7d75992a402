// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/inflightlimit.h"
#include "core/support/tokenbucket.h"

#include <optional>

namespace sallyport {

/// `rate: {requests: 60, per: 1m, burst: 20}`, of a route or a client; burst is `requests` where it
/// is not there. Nothing where the key is not there, or is a finding.
[[nodiscard]] std::optional<Rate> readRate(const MapReader& map);
/// `in_flight: 4`, or `{max: 4, queue: 64, wait: 30s}`.
[[nodiscard]] std::optional<InFlightLimit> readInFlight(const MapReader& map);

} // namespace sallyport
