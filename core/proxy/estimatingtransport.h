// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/deadline.h"
#include "core/upstream/transport.h"

#include <memory>

namespace sallyport {

/// A transport that leads to `upstream`, and gives an estimate (TokenEstimator) in place of a 404,
/// 405 or 501 to `POST …/v1/messages/count_tokens`: 200 with `"estimated":true` in its content and
/// the field `X-Sallyport-Estimate: input_tokens`. All else passes as it is, a request with a
/// content coding or `Expect` included. The response waits for the end of the request; its content
/// is not kept.
[[nodiscard]] std::shared_ptr<UpstreamTransport>
makeEstimatingTransport(std::shared_ptr<UpstreamTransport> upstream, DeadlineQueue& deadlines);

} // namespace sallyport
