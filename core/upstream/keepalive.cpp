// SPDX-License-Identifier: MIT
#include "core/upstream/keepalive.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <charconv>

namespace sallyport {

std::optional<std::chrono::seconds> announcedIdleTime(const FieldList& fields) {
    const auto value = fields.first("Keep-Alive");
    if (!value) return {};
    constexpr QByteArrayView kName{"timeout="};
    QByteArrayView rest = *value;
    while (!rest.isEmpty()) {
        const qsizetype comma = rest.indexOf(',');
        const QByteArrayView parameter = (comma < 0 ? rest : rest.first(comma)).trimmed();
        rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
        if (parameter.size() <= kName.size() ||
            !ascii::equalsIgnoreCase(parameter.first(kName.size()), kName))
            continue;
        const char* const end = parameter.data() + parameter.size();
        int seconds = 0;
        const auto read = std::from_chars(parameter.data() + kName.size(), end, seconds);
        if (read.ec != std::errc() || read.ptr != end || seconds < 0) return {};
        return std::chrono::seconds(std::max(seconds - 1, 0));
    }
    return {};
}

} // namespace sallyport
