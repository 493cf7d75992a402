// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

namespace sallyport {

/// A copy with each value as redactedField() has it.
[[nodiscard]] FieldList redactedFields(const FieldList& fields);

} // namespace sallyport
