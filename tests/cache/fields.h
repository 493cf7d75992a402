// SPDX-License-Identifier: MIT
#pragma once

#include "core/cache/storedresponse.h"

#include <QByteArrayList>

namespace sallyport::test {

/// `Name: value` lines.
inline FieldList fieldsOf(const QByteArrayList& lines) {
    FieldList out;
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(": ");
        out.append(line.first(colon), line.sliced(colon + 2));
    }
    return out;
}

inline ResponseHead headOf(int status, const QByteArrayList& lines) {
    ResponseHead head;
    head.status = status;
    head.reason = "R";
    head.fields = fieldsOf(lines);
    return head;
}

/// The second that kDate names.
inline constexpr CacheSeconds kThen{784111777};
inline const QByteArray kDate = "Date: Sun, 06 Nov 1994 08:49:37 GMT";

/// A stored response that was received at kThen, with that Date.
inline StoredResponse storedOf(const QByteArrayList& lines,
                               const QByteArray& content = "0123456789", int status = 200) {
    StoredResponse out;
    out.head = headOf(status, QByteArrayList{kDate} + lines);
    out.content = content;
    out.requestedAt = kThen;
    out.receivedAt = kThen;
    return out;
}

} // namespace sallyport::test
