// SPDX-License-Identifier: MIT
#include "core/upstream/authbinding.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sallyport {

namespace {

constexpr QByteArrayView kPerRequestSchemes[] = {"Basic", "Bearer", "Digest", "AWS4-HMAC-SHA256",
                                                 "DPoP",  "Token",  "ApiKey"};

QByteArrayView firstWord(QByteArrayView member) {
    const auto* const end = std::find_if(member.begin(), member.end(),
                                         [](char c) { return c == ' ' || c == '\t' || c == '='; });
    return member.first(end - member.begin());
}

bool isPerRequestScheme(QByteArrayView word) {
    return std::any_of(std::begin(kPerRequestSchemes), std::end(kPerRequestSchemes),
                       [&](QByteArrayView each) { return ascii::equalsIgnoreCase(word, each); });
}

/// RFC 9110 11.2: auth-param = token BWS "=" BWS ( token / quoted-string )
bool isParameter(QByteArrayView member) {
    const QByteArrayView rest = member.sliced(firstWord(member).size());
    return ascii::trimmedOws(rest).startsWith('=');
}

bool hasOpenQuote(QByteArrayView value) {
    bool isQuoted = false;
    for (qsizetype at = 0; at < value.size(); ++at) {
        if (isQuoted && value[at] == '\\')
            ++at;
        else if (value[at] == '"')
            isQuoted = !isQuoted;
    }
    return isQuoted;
}

/// One word that names neither NTLM nor Negotiate: a key without a scheme, which each request
/// repeats. A scheme that binds its connection carries a token68 (RFC 4559 4.2).
bool isBareKey(QByteArrayView value) {
    const QByteArrayView word = ascii::trimmedOws(value);
    if (word.contains(',') || word.contains('"') || firstWord(word).size() != word.size())
        return false;
    return !ascii::equalsIgnoreCase(word, "NTLM") && !ascii::equalsIgnoreCase(word, "Negotiate");
}

enum class FirstMember { Scheme, SchemeOrParameter };

/// Schemes and their parameters share one list (RFC 9110 11.6.1): a member without "=" after its
/// first word begins another scheme.
bool namesOtherScheme(QByteArrayView value, FirstMember first) {
    if (!value.contains(',')) { // nearly always, and without an allocation
        const QByteArrayView only = ascii::trimmedOws(value);
        if (only.isEmpty()) return false;
        if (first == FirstMember::SchemeOrParameter && isParameter(only)) return false;
        return !isPerRequestScheme(firstWord(only));
    }
    // What another reader could find inside a quoted string without an end is not known.
    if (hasOpenQuote(value)) return true;
    bool isFirst = first == FirstMember::Scheme;
    for (const QByteArrayView member : listMembers(value)) {
        const bool isScheme = std::exchange(isFirst, false) || !isParameter(member);
        if (isScheme && !isPerRequestScheme(firstWord(member))) return true;
    }
    return false;
}

} // namespace

bool credentialsBindConnection(const FieldList& request) {
    return std::any_of(request.begin(), request.end(), [](FieldView field) {
        return (ascii::equalsIgnoreCase(field.name, "Authorization") ||
                ascii::equalsIgnoreCase(field.name, "Proxy-Authorization")) &&
               !isBareKey(field.value) && namesOtherScheme(field.value, FirstMember::Scheme);
    });
}

bool responseBindsConnection(const FieldList& response) {
    return std::any_of(response.begin(), response.end(), [](FieldView field) {
        const auto isNamed = [&](QByteArrayView name) {
            return ascii::equalsIgnoreCase(field.name, name);
        };
        if (isNamed("Persistent-Auth")) return true;
        if (isNamed("WWW-Authenticate") || isNamed("Proxy-Authenticate"))
            return namesOtherScheme(field.value, FirstMember::Scheme);
        if (isNamed("Authentication-Info") || isNamed("Proxy-Authentication-Info"))
            return namesOtherScheme(field.value, FirstMember::SchemeOrParameter);
        return false;
    });
}

} // namespace sallyport
