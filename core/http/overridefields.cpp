// SPDX-License-Identifier: MIT
#include "core/http/overridefields.h"

#include "core/http/field.h"
#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

template <std::size_t N>
bool isOneOf(QByteArrayView name, const QByteArrayView (&names)[N]) {
    return std::any_of(std::begin(names), std::end(names), [name](QByteArrayView each) {
        return each.size() == name.size() && isSameCgiName(each, name);
    });
}

} // namespace

bool overridesMethod(QByteArrayView name) {
    static constexpr QByteArrayView kNames[] = {"X-HTTP-Method-Override", "X-HTTP-Method",
                                                "X-Method-Override"};
    return isOneOf(name, kNames);
}

bool overridesUrl(QByteArrayView name) {
    static constexpr QByteArrayView kNames[] = {
        "Forwarded",          "X-Forwarded-Host",     "X-Forwarded-Server", "X-Forwarded-Proto",
        "X-Forwarded-Scheme", "X-Forwarded-Protocol", "X-Forwarded-Ssl",    "X-Forwarded-Port",
        "X-Forwarded-Prefix", "X-Forwarded-Path",     "X-Forwarded-Uri",    "X-Original-Host",
        "X-Original-Url",     "X-Original-Uri",       "X-Rewrite-Url",      "X-Host",
        "X-Host-Override",    "X-Http-Host-Override", "X-Scheme",           "X-Url-Scheme",
        "Front-End-Https"};
    // Most names of a request begin with another letter.
    const char first = name.isEmpty() ? '\0' : ascii::toLower(name.front());
    return (first == 'x' || first == 'f') && isOneOf(name, kNames);
}

} // namespace sallyport
