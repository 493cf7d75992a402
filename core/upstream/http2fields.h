// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/framing.h"
#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <QByteArrayView>

namespace sallyport {

/// The head of a request as HTTP/2 has it (RFC 9113 8.3.1): the four pseudo-header fields, then the
/// fields in lower case without those that speak of a connection (8.2.2), then Content-Length where
/// the content has one.
[[nodiscard]] FieldList http2RequestFields(const UpstreamRequest& request,
                                           const UpstreamTarget& target);

/// The framing of the content after `head`, as HTTP/1.1 would have it: what ends with the stream
/// and has no length is chunked. So is what ends with the head: without Content-Length a length of
/// 0 would be told to nobody.
[[nodiscard]] Result<Framing, ParseError> http2ResponseFraming(const ResponseHead& head,
                                                               QByteArrayView requestMethod);

} // namespace sallyport
