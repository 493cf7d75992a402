// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"

#include <sys/socket.h>

namespace sallyport {

/// A socket address as the kernel wants it.
struct SockAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&storage);
    }
    [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

[[nodiscard]] SockAddress toSockAddress(const Endpoint& endpoint);
/// An IPv4 address mapped into IPv6 comes out as IPv4; anything but the two as a null address.
[[nodiscard]] Endpoint toEndpoint(const SockAddress& address);

} // namespace sallyport
