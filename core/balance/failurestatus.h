// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// Whether a response of that status counts as a failure of its target: 500 and above, but for 501
/// and 505, which speak of the request.
[[nodiscard]] bool isFailureStatus(int status);
/// Whether a status asks for a pause before the target is used again: 429, 529 of the Messages API,
/// and 503 that says how long (RFC 9110 10.2.3).
[[nodiscard]] bool asksForPause(int status, bool saysHowLong);

} // namespace sallyport
