// SPDX-License-Identifier: MIT
#pragma once

namespace sallyport {

/// What a request asks of the listener (RFC 9110 3.7, RFC 9112 3.2).
enum class RequestRole {
    Gateway, ///< addressed to the listener: a route decides where it goes
    Forward, ///< absolute-form for another host
    Tunnel,  ///< CONNECT
    Local,   ///< one of the listener's own endpoints
};

} // namespace sallyport
