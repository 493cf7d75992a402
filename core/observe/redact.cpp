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

// The next three run over every name and value of every exchange: plain loops without an early end,
// for the compiler turns those into wide compares.

/// Every name of a secret has a k (token, key, cookie), a w (password), a z (authorization) or "cr"
/// (secret); most other names have none of them.
bool mayBeSecretName(QByteArrayView name) {
    const char* const octets = name.data();
    const qsizetype size = name.size();
    unsigned found = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const char c = static_cast<char>(octets[i] | ' ');
        found |= static_cast<unsigned>(c == 'k') | static_cast<unsigned>(c == 'w') |
                 static_cast<unsigned>(c == 'z');
    }
    for (qsizetype i = 0; i + 1 < size; ++i)
        found |= static_cast<unsigned>((octets[i] | ' ') == 'c') &
                 static_cast<unsigned>((octets[i + 1] | ' ') == 'r');
    return found != 0;
}

/// Whether a URL with secrets can stand in a value.
bool mayHoldUrlSecret(QByteArrayView value) {
    unsigned found = 0;
    for (const char c : value)
        found |= static_cast<unsigned>(c == '=') | static_cast<unsigned>(c == '@');
    return found != 0;
}

/// Whether a credential, or a URL with one, can stand in a value: an '=' or '@', the "sk-" of a
/// key, the end of "Bearer " or "Basic ", of "bearer." or "api-key.".
bool mayHoldSecret(QByteArrayView value) {
    const char* const octets = value.data();
    unsigned found = static_cast<unsigned>(mayHoldUrlSecret(value));
    for (qsizetype i = 0; i + 2 < value.size(); ++i) {
        const int a = octets[i] | ' ';
        const int b = octets[i + 1] | ' ';
        const int c = octets[i + 2];
        found |= static_cast<unsigned>(a == 's') & static_cast<unsigned>(b == 'k') &
                 static_cast<unsigned>(c == '-');
        found |= static_cast<unsigned>(a == 'e') & static_cast<unsigned>(b == 'r') &
                 static_cast<unsigned>((c == ' ') | (c == '.'));
        found |= static_cast<unsigned>(a == 'e') & static_cast<unsigned>(b == 'y') &
                 static_cast<unsigned>(c == '.');
        found |= static_cast<unsigned>(a == 'i') & static_cast<unsigned>(b == 'c') &
                 static_cast<unsigned>(c == ' ');
    }
    return found != 0;
}

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
    constexpr qsizetype kTypicalMark = 64;
    QByteArray out;
    out.reserve(kTypicalMark);
    out += "‹redacted, ";
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

} // namespace

bool isSecretField(QByteArrayView name) {
    if (!mayBeSecretName(name)) return false;
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

QByteArray redactedField(QByteArrayView name, QByteArrayView value) {
    if (isSecretField(name)) return redactedValue(value);
    return mayHoldSecret(value) ? redactedText(value) : value.toByteArray();
}

FieldList redactedFields(const FieldList& fields) {
    constexpr qsizetype kTypicalLine = 64;
    FieldList out;
    out.reserve(fields.size(), static_cast<qsizetype>(fields.size()) * kTypicalLine);
    for (const FieldView field : fields) {
        if (isSecretField(field.name))
            out.append(field.name, redactedValue(field.value));
        else if (mayHoldSecret(field.value))
            out.append(field.name, redactedText(field.value));
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

constexpr std::array<bool, 256> wordOctets() {
    std::array<bool, 256> out{};
    for (std::size_t i = 0; i < 26; ++i)
        out['a' + i] = out['A' + i] = true;
    for (std::size_t i = 0; i < 10; ++i)
        out['0' + i] = true;
    for (const char c : {'-', '_', '.', '~', '+', '/', '=', '*'})
        out[static_cast<unsigned char>(c)] = true;
    return out;
}

bool isWordOctet(char c) {
    static constexpr std::array<bool, 256> kWord = wordOctets();
    return kWord[static_cast<unsigned char>(c)];
}

bool isLetterOrDigit(char c) {
    return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z');
}

/// Where a credential starts in a word, to the word's end; its size where there is none. A
/// WebSocket can only show one in the name of a subprotocol (`x-api-key.sk-…`, `bearer.…`).
qsizetype credentialStart(QByteArrayView word, QByteArrayView wordBefore) {
    constexpr qsizetype kShortestKey = 8;
    if (ascii::equalsIgnoreCase(wordBefore, "Bearer") ||
        ascii::equalsIgnoreCase(wordBefore, "Basic"))
        return 0;
    for (qsizetype at = 0; at + kShortestKey <= word.size(); ++at) {
        const QByteArrayView rest = word.sliced(at);
        const bool isStart = at == 0 || !isLetterOrDigit(word[at - 1]);
        if (isStart && ascii::equalsIgnoreCase(rest.first(3), "sk-")) return at;
        if (isStart && ascii::equalsIgnoreCase(rest.first(7), "bearer.")) return at + 7;
        if (isStart && ascii::equalsIgnoreCase(rest.first(8), "api-key.")) return at + 8;
    }
    return word.size();
}

} // namespace

QByteArray redactedText(QByteArrayView text) {
    QByteArray out;
    out.reserve(text.size() + 64);
    QByteArrayView wordBefore;
    qsizetype at = 0;
    while (at < text.size()) {
        qsizetype end = at;
        while (end < text.size() && isWordOctet(text[end]))
            ++end;
        const QByteArrayView word = text.sliced(at, end - at);
        const qsizetype secret = credentialStart(word, wordBefore);
        out.append(word.first(secret));
        if (secret < word.size()) out += marked(word.sliced(secret), true);
        if (!word.isEmpty()) wordBefore = word;
        if (end < text.size()) out += text[end++];
        at = end;
    }
    return redactedTarget(out);
}

namespace {

/// Where the string of JSON ends that starts at `at`: its closing quote, or the end of the text.
qsizetype stringEnd(QByteArrayView text, qsizetype at) {
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at, text.size());
}

qsizetype behindBlanks(QByteArrayView text, qsizetype at) {
    while (at < text.size() && QByteArrayView(" \t\r\n").contains(text[at]))
        ++at;
    return at;
}

bool isSecretMember(QByteArrayView name) {
    return isSecretParameter(name) || endsWithIgnoreCase(name, "authorization") ||
           endsWithIgnoreCase(name, "cookie");
}

QByteArray membersRedacted(QByteArrayView text) {
    QByteArray out;
    qsizetype copied = 0;
    qsizetype at = 0;
    while ((at = text.indexOf('"', at)) >= 0) {
        const qsizetype nameEnd = stringEnd(text, at + 1);
        const QByteArrayView name = text.sliced(at + 1, nameEnd - at - 1);
        at = behindBlanks(text, std::min(nameEnd + 1, text.size()));
        if (at >= text.size() || text[at] != ':') continue;
        at = behindBlanks(text, at + 1);
        if (at >= text.size() || text[at] != '"') continue;
        const qsizetype value = at + 1;
        const qsizetype end = stringEnd(text, value);
        at = std::min(end + 1, text.size());
        if (value >= end || !isSecretMember(name)) continue;
        out.append(text.sliced(copied, value - copied));
        out += marked(text.sliced(value, end - value), true);
        copied = end;
    }
    return out.append(text.sliced(copied));
}

} // namespace

QByteArray redactedContent(QByteArrayView content) {
    const QByteArray out = membersRedacted(content);
    return mayHoldSecret(out) ? redactedText(out) : out;
}

} // namespace sallyport
