// SPDX-License-Identifier: MIT
#include "core/support/boundedread.h"

#include <algorithm>
#include <array>

namespace sallyport {

QByteArray readAtMost(QIODevice& device, qsizetype limit) {
    QByteArray bytes;
    std::array<char, 16 * 1024> part; // NOLINT(*-member-init): read() fills it
    while (bytes.size() < limit) {
        const qint64 count =
            device.read(part.data(), std::min<qint64>(std::ssize(part), limit - bytes.size()));
        if (count <= 0) break;
        bytes.append(part.data(), count);
    }
    bytes.squeeze();
    return bytes;
}

} // namespace sallyport
