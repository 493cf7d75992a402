// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

namespace sallyport {

/// A request for an endpoint of Sallyport's own that tells its health, answered without an error.
[[nodiscard]] bool isHealthCheck(const ExchangeRecord& record);

} // namespace sallyport
