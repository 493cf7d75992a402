// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

namespace sallyport {

/// Whether one of the Via fields names `pseudonym`: the request has been here before.
[[nodiscard]] bool hasPassedHere(const FieldList& fields, QByteArrayView pseudonym);

} // namespace sallyport
