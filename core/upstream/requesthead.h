// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArray>

namespace sallyport {

/// Appends the request head as it goes to `target`: base path in front, Host first (RFC 9110 7.2),
/// the fields as they are, then the framing and Connection fields that are ours to write.
void appendUpstreamHead(QByteArray& out, const UpstreamRequest& request,
                        const UpstreamTarget& target);

/// Whether the request may be sent a second time by itself when a reused connection ended before
/// a response: safe methods without content (RFC 9110 9.2.1, 9.2.2).
[[nodiscard]] bool mayBeSentAgain(const UpstreamRequest& request);

} // namespace sallyport
