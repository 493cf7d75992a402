// SPDX-License-Identifier: MIT
#include "core/proxy/loopdetection.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

/// Takes the next member of a Via value; comments may hold commas (RFC 9110 5.6.5, 7.6.3).
QByteArrayView takeViaMember(QByteArrayView& value) {
    int depth = 0;
    qsizetype at = 0;
    for (; at < value.size(); ++at) {
        const char c = value[at];
        if (c == '\\' && depth > 0) {
            ++at;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            depth = std::max(0, depth - 1);
        } else if (c == ',' && depth == 0) {
            break;
        }
    }
    const QByteArrayView member = value.first(std::min(at, value.size()));
    value = at < value.size() ? value.sliced(at + 1) : QByteArrayView();
    return ascii::trimmedOws(member);
}

/// The received-by part of `[name/]version received-by [comment]`.
QByteArrayView receivedBy(QByteArrayView member) {
    const auto end = std::find_if(member.begin(), member.end(), ascii::isOws);
    const QByteArrayView rest = ascii::trimmedOws(member.sliced(end - member.begin()));
    return rest.first(std::find_if(rest.begin(), rest.end(), ascii::isOws) - rest.begin());
}

} // namespace

bool hasPassedHere(const FieldList& fields, QByteArrayView pseudonym) {
    for (const FieldView field : fields) {
        if (!ascii::equalsIgnoreCase(field.name, "via")) continue;
        for (QByteArrayView rest = field.value; !rest.isEmpty();)
            if (receivedBy(takeViaMember(rest)) == pseudonym) return true;
    }
    return false;
}

} // namespace sallyport
