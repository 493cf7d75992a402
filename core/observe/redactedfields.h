// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/secrets/knownsecrets.h"

namespace sallyport {

/// A copy with each value as redactedField() has it, and names without the secrets that are known.
[[nodiscard]] FieldList redactedFields(const FieldList& fields, const KnownSecrets& known = {});

} // namespace sallyport
