// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/sockettransport.h"

#include <memory>

namespace sallyport {

/// The transport that `options` ask for: SocketTransport, or with `usesHttp2` HTTP/2 (RFC 9113)
/// over the same connections, by ALPN `h2` to `https` targets and with prior knowledge to `http`
/// ones. A target that does not speak it is one that no connection came about to.
///
/// What HTTP/2 has not goes by SocketTransport, to the same group: a request with Upgrade (RFC 9113
/// 8.6), and one with credentials that authenticate its connection (RFC 4559 6).
///
/// A request is sent again, or to the next target, on the terms of SocketTransport. Beside what the
/// kernel knows REFUSED_STREAM and GOAWAY prove that nothing was processed (RFC 9113 8.7).
[[nodiscard]] std::unique_ptr<UpstreamTransport>
makeUpstreamTransport(Connector& connector, DeadlineQueue& deadlines,
                      SocketTransportOptions options);

} // namespace sallyport
