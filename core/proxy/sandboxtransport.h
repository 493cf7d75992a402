// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/deadline.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// Bytes of one request's content, as many as the Messages API takes; more get a 413.
inline constexpr qsizetype kSandboxMaxContent = qsizetype{32} * 1024 * 1024;
/// Bytes that one sandbox keeps of all requests that are not whole yet; beyond them the request
/// whose content comes gets a 503.
inline constexpr qsizetype kSandboxMaxKept = qsizetype{64} * 1024 * 1024;

/// The built-in sandbox as an upstream: gives the response of sandboxResponse(), paced.
[[nodiscard]] std::unique_ptr<UpstreamTransport> makeSandboxTransport(DeadlineQueue& deadlines);

} // namespace sallyport
