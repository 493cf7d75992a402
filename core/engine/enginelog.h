// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/targetstate.h"
#include "core/config/config.h"
#include "core/proxy/ruleset.h"
#include "core/secrets/knownsecrets.h"

namespace sallyport {

/// Takes the level of a configuration, and writes what is unsafe about it.
void logConfig(const Config& config);

/// Writes which upstreams cannot be used as they are, and why.
void logUnusable(const RuleSet& rules);

/// Writes that a target has become well or unwell, its reason without secrets.
void logTarget(const QString& upstream, const TargetStatus& target, const KnownSecrets& known);

} // namespace sallyport
