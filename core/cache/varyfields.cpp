// SPDX-License-Identifier: MIT
#include "core/cache/varyfields.h"

#include "core/http/overridefields.h"
#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

bool isAmong(const std::vector<SelectingField>& fields, QByteArrayView name) {
    return std::any_of(fields.begin(), fields.end(), [name](const SelectingField& each) {
        return ascii::equalsIgnoreCase(each.name, name);
    });
}

} // namespace

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
    for (const FieldView field : request)
        if (overridesUrl(field.name) && !isAmong(out, field.name))
            out.push_back(
                {ascii::lowered(field.name), normalisedSelector(request, field.name), true});
    return out;
}

bool isSelected(const StoredResponse& stored, const FieldList& request) {
    const auto saysTheSame = [&](const SelectingField& field) {
        return field.isPresent == request.contains(field.name) &&
               field.value == normalisedSelector(request, field.name);
    };
    const auto isForeign = [&](FieldView field) {
        return overridesUrl(field.name) && !isAmong(stored.selectedBy, field.name);
    };
    return std::all_of(stored.selectedBy.begin(), stored.selectedBy.end(), saysTheSame) &&
           std::none_of(request.begin(), request.end(), isForeign);
}

} // namespace sallyport
