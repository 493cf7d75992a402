// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/recordedexchange.h"

#include <nlohmann/json.hpp>

namespace sallyport {

/// The exchange of one entry of a HAR 1.2 `log.entries`. A HAR has the content decoded, and of its
/// timing the phases: an event stream is spread evenly, event by event, over `receive`. Nothing for
/// an entry without a final response.
[[nodiscard]] RecordedOutcome recordedHarEntry(const nlohmann::json& entry);

} // namespace sallyport
