// SPDX-License-Identifier: MIT
#include "core/net/tcpprogress.h"

#include <cstddef>
#include <linux/tcp.h> // the one of the C library ends before the field
#include <netinet/in.h>
#include <sys/socket.h>

namespace sallyport {

std::optional<quint64> acknowledgedBytes(int descriptor) {
    tcp_info state{};
    socklen_t size = sizeof state;
    if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &state, &size) != 0) return {};
    constexpr auto kNeeded = offsetof(tcp_info, tcpi_bytes_acked) + sizeof state.tcpi_bytes_acked;
    if (size < kNeeded) return {};
    return state.tcpi_bytes_acked;
}

} // namespace sallyport
