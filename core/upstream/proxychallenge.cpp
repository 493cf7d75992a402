// SPDX-License-Identifier: MIT
#include "core/upstream/proxychallenge.h"

#include "core/support/ascii.h"

#include <algorithm>

namespace sallyport {

namespace {

constexpr std::size_t kMostChallenges = 16;

/// RFC 9110 5.6.2: tchar
bool isTokenByte(char c) {
    const char lower = ascii::toLower(c);
    return ascii::isDigit(c) || (lower >= 'a' && lower <= 'z') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

QByteArrayView leadingToken(QByteArrayView text) {
    const auto* const end = std::find_if_not(text.begin(), text.end(), isTokenByte);
    return text.first(end - text.begin());
}

/// RFC 9110 5.6.4: a quoted-string without its quotes and quoted-pairs; anything else as it is.
QByteArray unquoted(QByteArrayView value) {
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value.toByteArray();
    const QByteArrayView inner = value.sliced(1, value.size() - 2);
    QByteArray out;
    for (qsizetype at = 0; at < inner.size(); ++at) {
        if (inner[at] == '\\' && at + 1 < inner.size()) ++at;
        out.append(inner[at]);
    }
    return out;
}

/// RFC 9110 11.2: auth-param = token BWS "=" BWS ( token / quoted-string )
bool addParameter(QByteArrayView member, ProxyChallenge& to) {
    const QByteArrayView name = leadingToken(member);
    const QByteArrayView rest = ascii::trimmedOws(member.sliced(name.size()));
    if (name.isEmpty() || !rest.startsWith('=')) return false;
    const QByteArrayView value = ascii::trimmedOws(rest.sliced(1));
    // "abc==" is a token68, which nothing but its padding follows.
    if (value.isEmpty() || value.startsWith('=')) return false;
    to.parameters.emplace_back(ascii::lowered(name), unquoted(value));
    return true;
}

} // namespace

QByteArray ProxyChallenge::parameter(QByteArrayView name) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& each) { return each.first == name; });
    return found == parameters.end() ? QByteArray() : found->second;
}

// RFC 9110 11.6.1: schemes and their parameters share one list; a member that is no parameter
// begins another challenge.
std::vector<ProxyChallenge> proxyChallenges(const FieldList& response) {
    std::vector<ProxyChallenge> out;
    for (const FieldView field : response) {
        if (!ascii::equalsIgnoreCase(field.name, "Proxy-Authenticate")) continue;
        bool isFirst = true;
        for (const QByteArrayView member : listMembers(field.value)) {
            if (!isFirst && !out.empty() && addParameter(member, out.back())) continue;
            const QByteArrayView scheme = leadingToken(member);
            if (scheme.isEmpty()) continue;
            if (out.size() == kMostChallenges) return out;
            isFirst = false;
            ProxyChallenge& challenge = out.emplace_back();
            challenge.scheme = ascii::lowered(scheme);
            const QByteArrayView rest = ascii::trimmedOws(member.sliced(scheme.size()));
            if (!rest.isEmpty() && !addParameter(rest, challenge))
                challenge.token = rest.toByteArray();
        }
    }
    return out;
}

} // namespace sallyport
