// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"
#include "core/secrets/knownsecrets.h"

namespace sallyport {

/// A copy with each value as redactedField() has it, and names without the secrets that are known.
[[nodiscard]] FieldList redactedFields(const FieldList& fields, const KnownSecrets& known = {});

/// A content, decoded, as it can be given to others: without what is a secret by its shape or by
/// the name of its JSON member, beside the known ones that are never kept.
[[nodiscard]] QByteArray shareableContent(const QByteArray& content);

} // namespace sallyport
