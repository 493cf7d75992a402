// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstring>
#include <initializer_list>

namespace sallyport {

/// Appends all parts in one growth and plain copies. An append of QByteArray costs some 120
/// instructions, and a head has thirty parts. No part may be a view into `out`.
inline void appendAll(QByteArray& out, std::initializer_list<QByteArrayView> parts) {
    const qsizetype at = out.size();
    qsizetype size = at;
    for (const QByteArrayView part : parts)
        size += part.size();
    out.resize(size);
    char* to = out.data() + at;
    for (const QByteArrayView part : parts) {
        if (part.isEmpty()) continue;
        std::memcpy(to, part.data(), static_cast<std::size_t>(part.size()));
        to += part.size();
    }
}

} // namespace sallyport
