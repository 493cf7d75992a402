// SPDX-License-Identifier: MIT
#include "core/cache/conditional.h"

#include "core/http/httpdate.h"

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

QByteArrayView opaqueTag(QByteArrayView tag) { return tag.startsWith("W/") ? tag.sliced(2) : tag; }

std::optional<qint64> dateOf(const FieldList& fields, QByteArrayView name) {
    const auto value = fields.first(name);
    return value ? parseHttpDate(*value) : std::nullopt;
}

} // namespace

bool isSameTagWeakly(QByteArrayView one, QByteArrayView other) {
    return opaqueTag(one) == opaqueTag(other);
}

bool isNotModified(const FieldList& request, const ResponseHead& stored) {
    if (stored.status != 200) return false;
    if (request.contains("If-None-Match")) {
        const QByteArray all = request.combined("If-None-Match");
        if (all == "*") return true;
        const auto tag = stored.fields.first("ETag");
        if (!tag) return false;
        const auto members = listMembers(all);
        return std::any_of(members.begin(), members.end(),
                           [&](QByteArrayView member) { return isSameTagWeakly(member, *tag); });
    }
    const auto since = dateOf(request, "If-Modified-Since");
    if (!since) return false;
    auto modified = dateOf(stored.fields, "Last-Modified");
    if (!modified) modified = dateOf(stored.fields, "Date");
    return modified && *modified <= *since;
}

void setValidators(FieldList& request, const ResponseHead& stored) {
    for (const QByteArrayView name : {"If-None-Match", "If-Modified-Since", "If-Range", "Range"})
        request.removeEverySpelling(name);
    if (const auto tag = stored.fields.first("ETag")) request.append("If-None-Match", *tag);
    if (const auto modified = stored.fields.first("Last-Modified"))
        request.append("If-Modified-Since", *modified);
}

bool isValidatedBy(const ResponseHead& stored, const FieldList& notModified) {
    const auto ours = stored.fields.first("ETag");
    const auto theirs = notModified.first("ETag");
    if (ours && theirs && !theirs->startsWith("W/")) return isSameTagWeakly(*ours, *theirs);
    return true;
}

} // namespace sallyport
