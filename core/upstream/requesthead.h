// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArray>

namespace sallyport {

/// How a proxy is asked for the target.
struct AbsoluteForm {
    QByteArray target;        ///< absoluteTarget()
    QByteArray authorization; ///< value of Proxy-Authorization; empty: none
};

/// Appends the request head as it goes to `target`: base path in front, Host first (RFC 9110 7.2),
/// the fields as they are, then the framing and Connection fields that are ours to write.
/// `absolute`: to a proxy; null: in origin-form.
void appendUpstreamHead(QByteArray& out, const UpstreamRequest& request,
                        const UpstreamTarget& target, const AbsoluteForm* absolute = nullptr);

/// The request target for a proxy (RFC 9112 3.2.2).
[[nodiscard]] QByteArray absoluteTarget(const UpstreamRequest& request,
                                        const UpstreamTarget& target);

/// Whether the request may be sent a second time by itself when a reused connection ended before
/// a response: safe methods without content (RFC 9110 9.2.1, 9.2.2).
[[nodiscard]] bool mayBeSentAgain(const UpstreamRequest& request);

} // namespace sallyport
