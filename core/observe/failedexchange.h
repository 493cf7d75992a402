// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

namespace sallyport {

/// Whether people would call this exchange failed: status 400 and above, refused, cut, stalled, or
/// no response. A client that went away is not a failure.
[[nodiscard]] bool isFailed(const ExchangeRecord& record);

} // namespace sallyport
