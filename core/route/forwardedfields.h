// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sallyport {

/// The client's side of a request, as an upstream may be told of it.
struct ForwardedFor {
    QByteArray address;  ///< of the client, IPv6 without brackets
    QByteArrayView host; ///< as the client named it, with port; empty: not told
    bool isTls = false;
};

/// Adds this hop to `Forwarded` (RFC 7239 4) and to `X-Forwarded-For`, `-Host` and `-Proto`, after
/// what is there: each proxy adds at the end, and a server reads from there as far back as it
/// trusts. Other spellings of the names go.
void addForwardedFields(const ForwardedFor& client, FieldList& fields);

} // namespace sallyport
