// SPDX-License-Identifier: MIT
#include "core/observe/redactedfields.h"

#include "core/secrets/redact.h"
#include "core/secrets/secretnames.h"

namespace sallyport {

FieldList redactedFields(const FieldList& fields, const KnownSecrets& known) {
    constexpr qsizetype kTypicalLine = 64;
    FieldList out;
    out.reserve(fields.size(), static_cast<qsizetype>(fields.size()) * kTypicalLine);
    for (const FieldView field : fields) {
        const auto masked = known.masked(field.name);
        const QByteArrayView name = masked ? QByteArrayView(*masked) : field.name;
        if (isSecretField(field.name))
            out.append(name, redactedValue(field.value));
        else if (const auto redacted = redactionOf(field.value, known))
            out.append(name, *redacted);
        else
            out.append(name, field.value);
    }
    return out;
}

QByteArray shareableContent(const QByteArray& content) { return redactedContent(content); }

} // namespace sallyport
