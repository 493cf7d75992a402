// SPDX-License-Identifier: MIT
#include "core/config/yamlscan.h"

namespace sallyport::yaml {

qsizetype scalarStart(QByteArrayView bytes, qsizetype at) {
    while (at < bytes.size() && (bytes[at] == '&' || bytes[at] == '!')) {
        while (at < bytes.size() && !isWhitespace(bytes[at]))
            ++at;
        while (at < bytes.size() && isWhitespace(bytes[at]))
            ++at;
    }
    return at;
}

qsizetype quotedEnd(QByteArrayView bytes, qsizetype at) {
    const char quote = bytes[at];
    for (++at; at < bytes.size(); ++at) {
        if (quote == '"' && bytes[at] == '\\')
            ++at;
        else if (bytes[at] != quote)
            continue;
        else if (quote == '\'' && at + 1 < bytes.size() && bytes[at + 1] == quote)
            ++at;
        else
            return at + 1;
    }
    return -1;
}

} // namespace sallyport::yaml
