// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/support/exchangeerror.h"

namespace sallyport {

/// What it means for an exchange that no connection came about; nothing was sent.
[[nodiscard]] ExchangeError connectFailure(const StreamError& error);
/// An error on the upstream's side after the request, or a part of it, had been sent.
[[nodiscard]] ExchangeError upstreamError(ErrorCode code, const QString& detail);

} // namespace sallyport
