// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/deadline.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// The built-in sandbox behind the transport port: answers by sandboxResponse(), paced.
[[nodiscard]] std::unique_ptr<UpstreamTransport> makeSandboxTransport(DeadlineQueue& deadlines);

} // namespace sallyport
