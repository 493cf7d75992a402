// SPDX-License-Identifier: MIT
#include "core/secrets/secretmask.h"

#include <algorithm>

namespace sallyport {

QByteArray maskOf(QByteArrayView secret, bool showsEnd) {
    constexpr qsizetype kShortest = 12;
    constexpr qsizetype kShown = 4;
    constexpr qsizetype kTypicalMark = 64;
    QByteArray out;
    out.reserve(kTypicalMark);
    out += "‹redacted, ";
    out += QByteArray::number(secret.size());
    out += " bytes";
    const auto isPrintable = [](char c) { return c > ' ' && c < '\x7f'; };
    if (showsEnd && secret.size() >= kShortest) {
        const QByteArrayView end = secret.last(kShown);
        if (std::all_of(end.begin(), end.end(), isPrintable)) {
            out += ", …";
            out += end;
        }
    }
    out += "›";
    return out;
}

} // namespace sallyport
