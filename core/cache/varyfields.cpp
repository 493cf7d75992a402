// SPDX-License-Identifier: MIT
#include "core/cache/varyfields.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

QByteArray normalisedSelector(const FieldList& request, QByteArrayView name) {
    const bool isUnordered = ascii::equalsIgnoreCase(name, "Accept-Language") ||
                             ascii::equalsIgnoreCase(name, "Accept-Encoding");
    const QByteArray all = request.combined(name);
    std::vector<QByteArray> members;
    for (const QByteArrayView member : listMembers(all))
        members.push_back(isUnordered ? ascii::lowered(member) : member.toByteArray());
    if (isUnordered) std::sort(members.begin(), members.end());
    QByteArray out;
    for (const QByteArray& member : members) {
        if (!out.isEmpty()) out += ',';
        out += member;
    }
    return out;
}

std::vector<SelectingField> selectingFields(const FieldList& response, const FieldList& request) {
    std::vector<SelectingField> out;
    const QByteArray vary = response.combined("Vary");
    for (const QByteArrayView name : listMembers(vary))
        out.push_back(
            {ascii::lowered(name), normalisedSelector(request, name), request.contains(name)});
    return out;
}

bool isSelected(const StoredResponse& stored, const FieldList& request) {
    return std::all_of(stored.selectedBy.begin(), stored.selectedBy.end(),
                       [&](const SelectingField& field) {
                           return field.isPresent == request.contains(field.name) &&
                                  field.value == normalisedSelector(request, field.name);
                       });
}

} // namespace sallyport
