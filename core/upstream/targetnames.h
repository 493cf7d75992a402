// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/targetgroup.h"
#include "core/upstream/upstreamconfig.h"

#include <vector>

namespace sallyport {

/// The targets as a group knows them. Each is named `host:port`; where two of them have the same
/// one, with the base path, `host:port/llm`.
[[nodiscard]] std::vector<TargetSpec> targetSpecs(const std::vector<UpstreamTarget>& targets);

} // namespace sallyport
