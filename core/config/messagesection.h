// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/mapreader.h"
#include "core/route/route.h"

namespace sallyport {

/// What a route changes in messages beside their fields: `model`, `model_echo`, `anthropic_beta`,
/// `forwarded`, and `max_body`.
void readMessageRules(const MapReader& map, Route& route);

} // namespace sallyport
