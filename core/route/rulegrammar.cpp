// SPDX-License-Identifier: MIT
#include "core/route/rulegrammar.h"

#include "core/http/field.h"
#include "core/route/normalisedpath.h"
#include "core/support/ascii.h"

#include <algorithm>
#include <iterator>

namespace sallyport {

namespace {

bool isAlphaNumeric(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z');
}

bool isOneOf(char c, QByteArrayView bytes) { return bytes.contains(c); }

bool hasWholeTriplets(QByteArrayView path) {
    for (qsizetype at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1))
        if (at + 2 >= path.size() || !ascii::isHexDigit(path[at + 1]) ||
            !ascii::isHexDigit(path[at + 2]))
            return false;
    return true;
}

} // namespace

bool isRuleToken(QByteArrayView text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isAlphaNumeric(c) || isOneOf(c, "!#$%&'*+-.^_`|~");
    });
}

bool isRuleValue(QByteArrayView text) {
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    };
    return std::none_of(text.begin(), text.end(), isControl) &&
           ascii::trimmedOws(text).size() == text.size();
}

bool isFramingField(QByteArrayView name) {
    static constexpr QByteArrayView kFraming[] = {
        "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "TE",
        "Trailer",        "Upgrade",           "Via",
    };
    return std::any_of(std::begin(kFraming), std::end(kFraming),
                       [&](QByteArrayView known) { return isSameCgiName(known, name); });
}

bool isRulePath(QByteArrayView path) {
    const auto isPathByte = [](char c) {
        return isAlphaNumeric(c) || isOneOf(c, "/%-._~!$&'()*+,=:@");
    };
    if (!path.startsWith('/') || path.contains("//") || !hasWholeTriplets(path) ||
        !std::all_of(path.begin(), path.end(), isPathByte))
        return false;
    const auto readings = normalisedPaths(path);
    const QByteArrayView plain = path.endsWith('/') ? path.chopped(1) : path;
    return readings && std::all_of(readings->begin(), readings->end(), [&](const auto& each) {
               return !each.escapesRoot && each.path == readings->front().path &&
                      each.path.count('/') == plain.count('/');
           });
}

} // namespace sallyport
