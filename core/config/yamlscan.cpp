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

qsizetype flowEnd(QByteArrayView bytes, qsizetype at) {
    int depth = 0;
    for (at = scalarStart(bytes, at); at >= 0 && at < bytes.size(); ++at) {
        const char c = bytes[at];
        const bool isAfterGap = at == 0 || isWhitespace(bytes[at - 1]) ||
                                QByteArrayView("[{,:").contains(bytes[at - 1]);
        if ((c == '"' || c == '\'') && isAfterGap) {
            at = quotedEnd(bytes, at) - 1;
            if (at < 0) return -1;
        } else if (c == '#' && at > 0 && isWhitespace(bytes[at - 1])) {
            at = bytes.indexOf('\n', at);
            if (at < 0) return -1;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            if (--depth == 0) return at + 1;
        }
        if (depth == 0) return -1;
    }
    return -1;
}

} // namespace sallyport::yaml
