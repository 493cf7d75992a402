// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/storedresponse.h"

namespace sallyport {

/// What the request says in the fields that Vary of the response names (RFC 9111 4.1), and in those
/// by which servers take another URL for the request's (overridesUrl()): the response may be made
/// of them though no Vary says so, and is for nobody who does not send the same.
[[nodiscard]] std::vector<SelectingField> selectingFields(const FieldList& response,
                                                          const FieldList& request);
/// Whether the stored response is one for this request, which then has no other field of
/// overridesUrl() than the one that was stored for.
[[nodiscard]] bool isSelected(const StoredResponse& stored, const FieldList& request);
/// The value of all lines of that field, without blanks around members. Members of
/// Accept-Language and Accept-Encoding are in lower case and sorted: their order says nothing
/// (RFC 9110 12.5.3, 12.5.4).
[[nodiscard]] QByteArray normalisedSelector(const FieldList& request, QByteArrayView name);

} // namespace sallyport
