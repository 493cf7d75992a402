// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

struct UpstreamRequest;

/// How much of an exchange a lost connection or stream may have done.
enum class Loss {
    NotProcessed,   ///< proven: the peer took not one byte of the request, and never will
    BeforeResponse, ///< it ended by itself before one byte of a response
    Otherwise,
};

/// Whether a request that was lost so may be sent once more, on another connection or to another
/// target (RFC 9110 9.2.2). `hasContent`: all that was sent of its content is still there, or
/// none was sent.
[[nodiscard]] bool mayBeRepeatedAfter(Loss loss, const UpstreamRequest& request, bool hasContent);

} // namespace sallyport
