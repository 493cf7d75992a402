// SPDX-License-Identifier: MIT
#include "core/observe/redact.h"

#include "core/support/ascii.h"

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

/// Every name of a secret has one of these letters; most names have none of them.
constexpr bool mayBeSecretLetter(char c) {
    // token, key · cookie · secret · password · authorization
    return c == 'k' || c == 'K' || c == 'c' || c == 'C' || c == 'w' || c == 'W' || c == 'z' ||
           c == 'Z';
}

constexpr auto kMayBeSecret = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = mayBeSecretLetter(static_cast<char>(static_cast<unsigned char>(i)));
    return table;
}();

bool hasSecretWord(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 4> kWords{"token", "secret", "password", "key"};
    return std::any_of(kWords.begin(), kWords.end(),
                       [name](QByteArrayView w) { return containsIgnoreCase(name, w); });
}

bool isKnownPlain(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 2> kPlain{"sec-websocket-key", "idempotency-key"};
    return isOneOf(name, kPlain) || containsIgnoreCase(name, "ratelimit") ||
           containsIgnoreCase(name, "-tokens");
}

QByteArray marked(QByteArrayView secret, bool showsEnd) {
    constexpr qsizetype kShortest = 12;
    constexpr qsizetype kShown = 4;
    QByteArray out = "‹redacted, ";
    out += QByteArray::number(secret.size());
    out += " octets";
    const auto isPrintable = [](char c) { return c > ' ' && c < '\x7f'; };
    if (showsEnd && secret.size() >= kShortest) {
        const QByteArrayView end = secret.last(kShown);
        if (std::all_of(end.begin(), end.end(), isPrintable)) {
            out += ", …";
            out += end;
        }
    }
    out += "›";
    return out;
}

/// Length of an authentication scheme and the blanks behind it, RFC 9110 11.4; 0 when there is
/// none.
qsizetype schemeLength(QByteArrayView value) {
    static constexpr std::array<QByteArrayView, 8> kSchemes{
        "Bearer", "Basic", "Digest", "Negotiate", "NTLM", "Token", "ApiKey", "AWS4-HMAC-SHA256"};
    const qsizetype blank = value.indexOf(' ');
    if (blank <= 0 || !isOneOf(value.first(blank), kSchemes)) return 0;
    qsizetype length = blank;
    while (length < value.size() && value[length] == ' ')
        ++length;
    return length;
}

bool mayHoldUrlSecret(QByteArrayView value) { return value.contains('=') || value.contains('@'); }

/// Cheap enough for every value: most have neither.
bool mayHoldCredential(QByteArrayView value) {
    return value.contains("sk-") || value.contains("Bearer ");
}

} // namespace

bool isSecretField(QByteArrayView name) {
    const bool mayBe = std::any_of(name.begin(), name.end(), [](char c) {
        return kMayBeSecret[static_cast<unsigned char>(c)];
    });
    if (!mayBe) return false;
    static constexpr std::array<QByteArrayView, 3> kAlways{"cookie", "set-cookie", "cookie2"};
    if (isOneOf(name, kAlways) || endsWithIgnoreCase(name, "authorization")) return true;
    return hasSecretWord(name) && !isKnownPlain(name);
}

QByteArray redactedValue(QByteArrayView value) {
    const qsizetype scheme = schemeLength(value);
    // The end of a base64 pair is the end of a password, which may be short.
    const bool isBasic = scheme > 0 && ascii::equalsIgnoreCase(value.first(5), "Basic");
    QByteArray out = value.first(scheme).toByteArray();
    out += marked(value.sliced(scheme), !isBasic);
    return out;
}

FieldList redactedFields(const FieldList& fields) {
    constexpr qsizetype kTypicalLine = 64;
    FieldList out;
    out.reserve(fields.size(), static_cast<qsizetype>(fields.size()) * kTypicalLine);
    for (const FieldView field : fields) {
        if (isSecretField(field.name))
            out.append(field.name, redactedValue(field.value));
        else if (mayHoldCredential(field.value))
            out.append(field.name, redactedText(field.value));
        else if (mayHoldUrlSecret(field.value))
            out.append(field.name, redactedTarget(field.value));
        else
            out.append(field.name, field.value);
    }
    return out;
}

namespace {

QByteArray decodedName(QByteArrayView name) {
    return QByteArray::fromPercentEncoding(name.toByteArray());
}

bool isSecretParameter(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 4> kExact{"key", "sig", "signature", "pass"};
    static constexpr std::array<QByteArrayView, 9> kEnds{
        "token", "secret", "password", "passwd", "apikey", "_key", "-key", "_sig", "-signature"};
    return isOneOf(name, kExact) || std::any_of(kEnds.begin(), kEnds.end(), [name](auto end) {
               return endsWithIgnoreCase(name, end);
           });
}

bool endsParameter(char c) {
    return c == '&' || c == '#' || c == '"' || c == '<' || c == '>' || c == ' ';
}

/// Where the user information of an authority that starts at `at` ends (its '@'), or -1.
qsizetype userInfoEnd(QByteArrayView text, qsizetype at) {
    qsizetype last = -1;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '/' || c == '?' || c == '#' || c == ' ' || c == '"') break;
        if (c == '@') last = at;
    }
    return last;
}

/// True where an authority starts: at the front of authority-form, or behind "//".
bool startsAuthority(QByteArrayView text, qsizetype at) {
    if (at == 0) return text[0] != '/';
    return at >= 2 && text[at - 1] == '/' && text[at - 2] == '/';
}

/// Copies one parameter, its value replaced when it is a secret; returns where it ended.
qsizetype takeParameter(QByteArray& out, QByteArrayView text, qsizetype at) {
    qsizetype equals = at;
    while (equals < text.size() && text[equals] != '=' && text[equals] != ';' &&
           text[equals] != '?' && !endsParameter(text[equals]))
        ++equals;
    out += text.sliced(at, equals - at);
    if (equals >= text.size() || text[equals] != '=') return equals;
    out += '=';
    if (!isSecretParameter(decodedName(text.sliced(at, equals - at)))) return equals + 1;
    qsizetype end = equals + 1;
    while (end < text.size() && !endsParameter(text[end]))
        ++end;
    if (end > equals + 1) out += marked(text.sliced(equals + 1, end - equals - 1), true);
    return end;
}

} // namespace

QByteArray redactedTarget(QByteArrayView target) {
    if (!mayHoldUrlSecret(target)) return target.toByteArray();
    QByteArray out;
    out.reserve(target.size() + 64);
    qsizetype at = 0;
    while (at < target.size()) {
        if (startsAuthority(target, at)) {
            const qsizetype end = userInfoEnd(target, at);
            if (end > at) {
                out += marked(target.sliced(at, end - at), false);
                at = end;
            }
        }
        const char c = target[at++];
        out += c;
        if (c == '?' || c == '&' || c == '#' || c == ';') at = takeParameter(out, target, at);
    }
    return out;
}

namespace {

bool isWordOctet(char c) {
    return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z') ||
           QByteArrayView("-_.~+/=*").contains(c);
}

bool isCredentialWord(QByteArrayView word, QByteArrayView wordBefore) {
    constexpr qsizetype kShortestKey = 8;
    if (word.size() >= kShortestKey && ascii::equalsIgnoreCase(word.first(3), "sk-")) return true;
    return !word.isEmpty() && (ascii::equalsIgnoreCase(wordBefore, "Bearer") ||
                               ascii::equalsIgnoreCase(wordBefore, "Basic"));
}

} // namespace

QByteArray redactedText(QByteArrayView text) {
    QByteArray out;
    QByteArrayView wordBefore;
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = at;
        while (end < text.size() && isWordOctet(text[end]))
            ++end;
        const QByteArrayView word = text.sliced(at, end - at);
        out += isCredentialWord(word, wordBefore) ? marked(word, true) : word.toByteArray();
        if (!word.isEmpty()) wordBefore = word;
        if (end < text.size()) out += text[end++];
        at = end;
    }
    return redactedTarget(out);
}

} // namespace sallyport
