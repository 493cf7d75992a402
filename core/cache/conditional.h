// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/http/head.h"

#include <QByteArrayView>

namespace sallyport {

/// Whether a client that sent these fields has that 200 response already: If-None-Match by weak
/// comparison, else If-Modified-Since against Last-Modified, or Date where there is none (RFC 9110
/// 13.1.2, 13.1.3, 13.2.2; RFC 9111 4.3.2).
[[nodiscard]] bool isNotModified(const FieldList& request, const ResponseHead& stored);
/// Puts the validators of `stored` in the place of the client's own (RFC 9111 4.3.1), and takes
/// Range away: the answer is to be the whole response or a 304.
void setValidators(FieldList& request, const ResponseHead& stored);
/// Whether two entity tags are the same by weak comparison (RFC 9110 8.8.3.2).
[[nodiscard]] bool isSameTagWeakly(QByteArrayView one, QByteArrayView other);
/// Whether a 304 speaks of that stored response (RFC 9111 4.3.3): no strong validator of it says
/// another thing.
[[nodiscard]] bool isValidatedBy(const ResponseHead& stored, const FieldList& notModified);

} // namespace sallyport
