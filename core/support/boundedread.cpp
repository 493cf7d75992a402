// SPDX-License-Identifier: MIT
#include "core/support/boundedread.h"

#include <algorithm>
#include <array>

namespace sallyport {

QByteArray readAtMost(QIODevice& device, qsizetype limit) {
    QByteArray octets;
    std::array<char, 16 * 1024> part; // NOLINT(*-member-init): read() fills it
    while (octets.size() < limit) {
        const qint64 count =
            device.read(part.data(), std::min<qint64>(std::ssize(part), limit - octets.size()));
        if (count <= 0) break;
        octets.append(part.data(), count);
    }
    octets.squeeze();
    return octets;
}

} // namespace sallyport
