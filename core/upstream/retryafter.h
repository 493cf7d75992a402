// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/support/clock.h"

#include <chrono>
#include <optional>

namespace sallyport {

/// The pause that a response asks for by `Retry-After` (RFC 9110 10.2.3): seconds, or an HTTP-date
/// in the form of RFC 9110 5.6.7 that servers must send. Nothing where there is none, it is in the
/// past, or it is neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfter(const ResponseHead& head,
                                                                  WallTime now);

} // namespace sallyport
