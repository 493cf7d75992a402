// SPDX-License-Identifier: MIT
#pragma once

#include "core/replay/recordedexchange.h"

#include <nlohmann/json.hpp>

namespace sallyport {

/// The exchange of one line of `sallyport log --json`. With `--contents` the response is as it
/// came, piece by piece; without, what the final message of a Messages exchange lets be said of it,
/// its events spread over the time that the stream took. Nothing for a tunnel, an exchange without
/// a response and one of which neither contents nor message were kept.
[[nodiscard]] RecordedOutcome recordedLogEntry(const nlohmann::json& line);

} // namespace sallyport
