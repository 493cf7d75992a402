// SPDX-License-Identifier: MIT
#include "core/balance/failurestatus.h"

namespace sallyport {

namespace {

constexpr int kTooManyRequests = 429;
constexpr int kServerError = 500;
constexpr int kNotImplemented = 501;
constexpr int kUnavailable = 503;
constexpr int kVersionNotSupported = 505;
constexpr int kOverloaded = 529;

} // namespace

bool isFailureStatus(int status) {
    return status >= kServerError && status != kNotImplemented && status != kVersionNotSupported;
}

bool asksForPause(int status, bool saysHowLong) {
    return status == kTooManyRequests || status == kOverloaded ||
           (status == kUnavailable && saysHowLong);
}

} // namespace sallyport
