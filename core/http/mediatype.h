// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/field.h"

#include <QByteArrayView>

#include <optional>

namespace sallyport {

/// A media type without its parameters; views of what was parsed (RFC 9110 8.3.1).
struct MediaType {
    QByteArrayView type;
    QByteArrayView subtype;
};

/// `type/subtype *( OWS ";" OWS [ name=value ] )`. Empty for anything else: more than the type and
/// well-formed parameters after it, a blank inside, a list of two.
[[nodiscard]] std::optional<MediaType> parseMediaType(QByteArrayView text);

/// Whether `fields` have exactly one Content-Type, of this `type/subtype` without regard to case.
[[nodiscard]] bool hasMediaType(const FieldList& fields, QByteArrayView typeAndSubtype);

} // namespace sallyport
