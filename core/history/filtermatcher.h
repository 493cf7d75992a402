// SPDX-License-Identifier: MIT
#pragma once

#include "core/history/filterquery.h"
#include "core/observe/exchangerecord.h"

namespace sallyport::filter {

/// Whether a record passes. The duration of a running exchange has no value yet, so no term on it
/// holds. A record has no contents: no BodyTerm holds, see asksForBodies().
[[nodiscard]] bool matches(const Query& query, const ExchangeRecord& record);

/// Whether the line looks into contents, which only the history can.
[[nodiscard]] bool asksForBodies(const Query& query);

} // namespace sallyport::filter
