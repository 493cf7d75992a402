// SPDX-License-Identifier: MIT
#include "core/observe/redactedfields.h"

#include "core/secrets/redact.h"
#include "core/secrets/secretnames.h"

namespace sallyport {

FieldList redactedFields(const FieldList& fields) {
    constexpr qsizetype kTypicalLine = 64;
    FieldList out;
    out.reserve(fields.size(), static_cast<qsizetype>(fields.size()) * kTypicalLine);
    for (const FieldView field : fields)
        if (isSecretField(field.name) || mayHoldSecret(field.value))
            out.append(field.name, redactedField(field.name, field.value));
        else
            out.append(field.name, field.value);
    return out;
}

} // namespace sallyport
