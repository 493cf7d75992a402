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

/// `lowered`: a name in lower case.
template <std::size_t N>
bool hasOneOf(QByteArrayView lowered, const std::array<QByteArrayView, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [lowered](QByteArrayView word) { return lowered.contains(word); });
}

/// Which pairs of letters a byte can begin (`first`) or end; k, w and z are pairs by themselves.
struct PairBits {
    std::array<quint8, 256> first{};
    std::array<quint8, 256> second{};
};

constexpr PairBits pairBits() {
    PairBits out;
    // secret, credential; auth; sig; pass; hmac; otp.
    constexpr std::array<std::array<char, 2>, 6> kPairs{
        {{'c', 'r'}, {'a', 'u'}, {'i', 'g'}, {'p', 'a'}, {'h', 'm'}, {'t', 'p'}}};
    const auto set = [](std::array<quint8, 256>& table, char letter, int bit) {
        for (const int c : {int(letter), letter - ' '}) {
            auto& entry = table[static_cast<std::size_t>(c)];
            entry = static_cast<quint8>(entry | (1U << bit));
        }
    };
    for (std::size_t i = 0; i < kPairs.size(); ++i) {
        set(out.first, kPairs[i][0], static_cast<int>(i));
        set(out.second, kPairs[i][1], static_cast<int>(i));
    }
    for (quint8& entry : out.first)
        entry = static_cast<quint8>(entry | 0x80U);
    for (const char letter : {'k', 'w', 'z'})
        set(out.second, letter, 7);
    return out;
}

/// Every name of a secret field has a k (token, key, cookie), a w (password), a z (authorization)
/// or one of a few pairs; most other names have none of them. Runs over every name of every
/// exchange whose fields are kept.
bool mayBeSecretField(QByteArrayView name) {
    static constexpr PairBits kBits = pairBits();
    unsigned found = 0;
    unsigned first = 0x80U;
    for (const char c : name) {
        found |= first & kBits.second[static_cast<unsigned char>(c)];
        first = kBits.first[static_cast<unsigned char>(c)];
    }
    return found != 0;
}

bool isKnownPlain(QByteArrayView lowered) {
    static constexpr std::array<QByteArrayView, 4> kPlain{"sec-websocket-key", "idempotency-key",
                                                          "ratelimit", "-tokens"};
    return lowered == kPlain[0] || lowered == kPlain[1] || lowered.contains(kPlain[2]) ||
           lowered.contains(kPlain[3]);
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
    const auto isS = [](char c) { return (c | ' ') == 's'; };
    return name.size() >= 6 && std::any_of(name.begin(), name.end(), isS) &&
           hasOneOf(ascii::lowered(name), kNames);
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
    const QByteArray lowered = ascii::lowered(name);
    return (hasOneOf(lowered, kWords) || isSecretPart(lastPart(name))) && !isKnownPlain(lowered);
}

bool isSecretSetting(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 2> kWider{"auth", "header"};
    const QByteArray lowered = ascii::lowered(name);
    return hasOneOf(lowered, kWords) || hasOneOf(lowered, kWider) || isSecretPart(lastPart(name));
}

bool isSecretParameter(QByteArrayView name) {
    if (!name.contains('%')) return isSecretPlainName(name);
    const QByteArray once = QByteArray::fromPercentEncoding(name.toByteArray());
    return isSecretPlainName(once) ||
           (once.contains('%') && isSecretPlainName(QByteArray::fromPercentEncoding(once)));
}

} // namespace sallyport
