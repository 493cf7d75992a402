// SPDX-License-Identifier: MIT
#include "core/config/yamlscan.h"

namespace sallyport::yaml {

qsizetype scalarStart(QByteArrayView octets, qsizetype at) {
    while (at < octets.size() && (octets[at] == '&' || octets[at] == '!')) {
        while (at < octets.size() && !isBlank(octets[at]))
            ++at;
        while (at < octets.size() && isBlank(octets[at]))
            ++at;
    }
    return at;
}

qsizetype quotedEnd(QByteArrayView octets, qsizetype at) {
    const char quote = octets[at];
    for (++at; at < octets.size(); ++at) {
        if (quote == '"' && octets[at] == '\\')
            ++at;
        else if (octets[at] != quote)
            continue;
        else if (quote == '\'' && at + 1 < octets.size() && octets[at + 1] == quote)
            ++at;
        else
            return at + 1;
    }
    return -1;
}

} // namespace sallyport::yaml
