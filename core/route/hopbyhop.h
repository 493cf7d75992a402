// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/route/route.h"

namespace sallyport {

/// Removes what is meant for one connection only (RFC 9110 7.6.1): Connection and the fields that
/// it names, Keep-Alive, Proxy-Connection, TE, Trailer stays, Transfer-Encoding, Upgrade,
/// Proxy-Authenticate, Proxy-Authorization (proxy: consumed here), HTTP2-Settings.
/// A Connection field cannot take away Host, Content-Length, Authorization, x-api-key, Cookie,
/// Content-Type, Content-Encoding, Via, Date or Cache-Control: those names in it are ignored.
/// Names are compared as a CGI program sees them (isSameCgiName()): Keep_Alive goes as well.
void removeHopByHopFields(FieldList& fields);
/// Fields that must not come as trailers are dropped (RFC 9110 6.5.1): framing, routing,
/// authentication, content and control fields; and those that Connection in `head`, the head of the
/// same message as it came, names (7.6.1).
void removeForbiddenTrailers(FieldList& trailers, const FieldList& head = {});
/// Whether a field of that name may stand in a trailer section at all.
[[nodiscard]] bool mayBeTrailer(QByteArrayView name);
/// Removal first, then setting; with each name go all that are the same to a CGI program, so that
/// `X_Team` cannot stand beside an `X-Team` that was set (RFC 3875 4.1.18).
void applyFieldRules(const FieldRules& rules, FieldList& fields);

} // namespace sallyport
