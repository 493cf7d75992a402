// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/route/route.h"

namespace sallyport {

/// Takes values out of the list in `anthropic-beta` and puts others in at its end, those that are
/// not there yet. A line of it that has none of the values to remove stays as it came; one that is
/// left without a value goes.
void applyBetaRules(const BetaRules& rules, FieldList& fields);

} // namespace sallyport
