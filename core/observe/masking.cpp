// SPDX-License-Identifier: MIT
#include "core/observe/masking.h"

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

void Masking::mask(qsizetype from, qsizetype to, bool showsEnd) {
    if (to <= from) return;
    m_out.append(m_text.sliced(m_copied, from - m_copied));
    m_out.append(maskOf(m_text.sliced(from, to - from), showsEnd));
    m_copied = to;
}

std::optional<QByteArray> Masking::take() {
    if (m_copied == 0) return std::nullopt;
    m_out.append(m_text.sliced(m_copied));
    return std::move(m_out);
}

} // namespace sallyport
