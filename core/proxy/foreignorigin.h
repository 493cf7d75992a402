// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/proxy/ownauthority.h"

namespace sallyport {

/// Whether a foreign web page could have made a browser send this to the listener itself: an Origin
/// that is not ours (null included), a Sec-Fetch-Site other than `same-origin` and `none`, a
/// foreign Referer where there is no Origin.
///
/// An origin is scheme, host and port (RFC 6454 4). Ours is http, since the listener speaks nothing
/// else, with one of its names and its port; or with a name of `allowed_hosts` and the port that
/// the request itself names, which may be another one that leads here. `asked` is the authority of
/// a request in origin-form, empty for others.
[[nodiscard]] bool isForeignOrigin(const FieldList& fields, const OwnAuthority& own,
                                   const Authority& asked);

} // namespace sallyport
