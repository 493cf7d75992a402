// SPDX-License-Identifier: MIT
#include "core/secrets/secretnames.h"

#include "core/support/ascii.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

template <std::size_t N>
bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, N>& names) {
    return std::any_of(names.begin(), names.end(),
                       [name](QByteArrayView n) { return ascii::equalsIgnoreCase(name, n); });
}

bool endsWithIgnoreCase(QByteArrayView text, QByteArrayView end) {
    return text.size() >= end.size() && ascii::equalsIgnoreCase(text.last(end.size()), end);
}

bool containsIgnoreCase(QByteArrayView text, QByteArrayView word) {
    for (qsizetype at = 0; at + word.size() <= text.size(); ++at)
        if (ascii::equalsIgnoreCase(text.sliced(at, word.size()), word)) return true;
    return false;
}

/// What names a secret wherever it stands in the name of a field or setting.
constexpr std::array<QByteArrayView, 9> kWords{
    "token", "secret", "password", "key", "passwd", "passphrase", "credential", "cookie", "jwt"};
/// What names one as a part of a name by itself.
constexpr std::array<QByteArrayView, 17> kParts{
    "key", "sig", "signature", "pass",   "pwd",        "pw",          "auth",  "oauth",   "bearer",
    "jwt", "otp", "hmac",      "cookie", "credential", "credentials", "creds", "passcode"};
/// What names one at the end of a part.
constexpr std::array<QByteArrayView, 10> kPartEnds{
    "token",         "secret", "password",  "passwd",    "passphrase",
    "authorization", "apikey", "accesskey", "secretkey", "privatekey"};

template <std::size_t N>
bool hasOneOf(QByteArrayView name, const std::array<QByteArrayView, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [name](QByteArrayView word) { return containsIgnoreCase(name, word); });
}

/// Every name of a secret field has a k (token, key, cookie), a w (password), a z (authorization)
/// or one of a few pairs; most other names have none of them. Runs over every name of every
/// exchange: plain loops without an early end, which compilers turn into wide compares.
bool mayBeSecretField(QByteArrayView name) {
    const char* const bytes = name.data();
    const qsizetype size = name.size();
    unsigned found = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const char c = static_cast<char>(bytes[i] | ' ');
        found |= static_cast<unsigned>(c == 'k') | static_cast<unsigned>(c == 'w') |
                 static_cast<unsigned>(c == 'z');
    }
    // secret, credential; auth; sig; pass; hmac; otp.
    for (const auto* pair : {"cr", "au", "ig", "ss", "hm", "tp"})
        for (qsizetype i = 0; i + 1 < size; ++i)
            found |= static_cast<unsigned>((bytes[i] | ' ') == pair[0]) &
                     static_cast<unsigned>((bytes[i + 1] | ' ') == pair[1]);
    return found != 0;
}

bool isKnownPlain(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 2> kPlain{"sec-websocket-key", "idempotency-key"};
    return isOneOf(name, kPlain) || containsIgnoreCase(name, "ratelimit") ||
           containsIgnoreCase(name, "-tokens");
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLetter(char c) { return ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z'; }
bool isLetterOrDigit(char c) { return isLetter(c) || ascii::isDigit(c); }

/// The last letters and digits of a name, without the digits and signs after them.
QByteArrayView lastPart(QByteArrayView name) {
    while (!name.isEmpty() && !isLetter(name.back()))
        name.chop(1);
    qsizetype start = name.size();
    while (start > 0 && isLetterOrDigit(name[start - 1]))
        --start;
    return name.sliced(start);
}

/// The last word of a part in camel case: `Token` of `accessToken`.
QByteArrayView lastHump(QByteArrayView part) {
    for (qsizetype at = part.size() - 1; at > 0; --at)
        if (isUpper(part[at]) && !isUpper(part[at - 1])) return part.sliced(at);
    return part;
}

/// Whether a word of kParts or kPartEnds can end in that letter.
bool mayEndSecretPart(char c) {
    return QByteArrayView("cdeghlnprstwy").contains(ascii::toLower(c));
}

bool isSecretPart(QByteArrayView part) {
    if (part.isEmpty() || !mayEndSecretPart(part.back())) return false;
    return isOneOf(part, kParts) || isOneOf(lastHump(part), kParts) ||
           std::any_of(kPartEnds.begin(), kPartEnds.end(),
                       [part](auto end) { return endsWithIgnoreCase(part, end); });
}

QByteArrayView firstBracketed(QByteArrayView name) {
    const auto isBracket = [](char c) { return c == '[' || c == ']'; };
    return name.first(std::find_if(name.begin(), name.end(), isBracket) - name.begin());
}

bool namesPassword(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 3> kNames{"password", "passwd", "passphrase"};
    return name.size() >= 6 && containsIgnoreCase(name, "ss") && hasOneOf(name, kNames);
}

bool isSecretPlainName(QByteArrayView name) {
    if (namesPassword(name)) return true;
    while (!name.isEmpty()) {
        const QByteArrayView one = firstBracketed(name);
        if (isSecretPart(lastPart(one))) return true;
        name = name.sliced(std::min(one.size() + 1, name.size()));
    }
    return false;
}

} // namespace

bool isSecretField(QByteArrayView name) {
    if (!mayBeSecretField(name)) return false;
    if (endsWithIgnoreCase(name, "authorization")) return true;
    return (hasOneOf(name, kWords) || isSecretPart(lastPart(name))) && !isKnownPlain(name);
}

bool isSecretSetting(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 2> kWider{"auth", "header"};
    return hasOneOf(name, kWords) || hasOneOf(name, kWider) || isSecretPart(lastPart(name));
}

bool isSecretParameter(QByteArrayView name) {
    if (!name.contains('%')) return isSecretPlainName(name);
    const QByteArray once = QByteArray::fromPercentEncoding(name.toByteArray());
    return isSecretPlainName(once) ||
           (once.contains('%') && isSecretPlainName(QByteArray::fromPercentEncoding(once)));
}

} // namespace sallyport
