// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"
#include "ui/filter/filterquery.h"

namespace sallyport::filter {

/// Whether a record passes every term. The duration of a running exchange has no value yet, so no
/// term on it holds.
[[nodiscard]] bool matches(const Query& query, const ExchangeRecord& record);

/// Whether people would call this exchange failed: status 400 and above, refused, cut, stalled, or
/// no response. A client that went away is not a failure.
[[nodiscard]] bool isFailed(const ExchangeRecord& record);

} // namespace sallyport::filter
