// SPDX-License-Identifier: MIT
#include "core/observe/redact.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <array>
#include <optional>

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

// The next two run over every name and value of every exchange: plain loops without an early end,
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

/// Whether a credential can stand in a text: the "sk-" of a key, the end of "Bearer " or "Basic ",
/// of "bearer." or "api-key.". Each ends in a sign that sorts before all letters and digits.
bool mayHoldCredential(QByteArrayView text) {
    const auto endsIn = [&text](qsizetype end, QByteArrayView word) {
        return end >= word.size() &&
               ascii::equalsIgnoreCase(text.sliced(end - word.size(), word.size()), word);
    };
    for (qsizetype i = 2; i < text.size(); ++i) {
        const char c = text[i];
        if (c > '.' || (c != ' ' && c != '-' && c != '.')) continue;
        if (c == '-' ? endsIn(i, "sk") : endsIn(i, "rer") || endsIn(i, "sic") || endsIn(i, "key"))
            return true;
    }
    return false;
}

/// Whether a credential, or a URL with one, can stand in a value.
bool mayHoldSecret(QByteArrayView value) {
    return mayHoldUrlSecret(value) || mayHoldCredential(value);
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

/// A text of which secrets are replaced; nothing is copied as long as there are none.
class Replacing {
public:
    explicit Replacing(QByteArrayView text)
        : m_text(text) {}
    /// In rising order.
    void replace(qsizetype from, qsizetype to, bool showsEnd) {
        if (to <= from) return;
        m_out.append(m_text.sliced(m_copied, from - m_copied));
        m_out.append(marked(m_text.sliced(from, to - from), showsEnd));
        m_copied = to;
    }
    /// Absent when nothing was replaced.
    [[nodiscard]] std::optional<QByteArray> take() {
        if (m_copied == 0) return std::nullopt;
        m_out.append(m_text.sliced(m_copied));
        return std::move(m_out);
    }

private:
    QByteArrayView m_text;
    QByteArray m_out;
    qsizetype m_copied = 0;
};

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

/// Replaces the value of one parameter when it is a secret; returns where it ended.
qsizetype takeParameter(Replacing& out, QByteArrayView text, qsizetype at) {
    qsizetype equals = at;
    while (equals < text.size() && text[equals] != '=' && text[equals] != ';' &&
           text[equals] != '?' && !endsParameter(text[equals]))
        ++equals;
    if (equals >= text.size() || text[equals] != '=') return equals;
    const QByteArrayView name = text.sliced(at, equals - at);
    if (!isSecretParameter(name.contains('%') ? decodedName(name) : name)) return equals + 1;
    qsizetype end = equals + 1;
    while (end < text.size() && !endsParameter(text[end]))
        ++end;
    out.replace(equals + 1, end, true);
    return end;
}

std::optional<QByteArray> withoutUrlSecrets(QByteArrayView text) {
    if (!mayHoldUrlSecret(text)) return std::nullopt;
    Replacing out(text);
    qsizetype at = 0;
    while (at < text.size()) {
        if (startsAuthority(text, at)) {
            const qsizetype end = userInfoEnd(text, at);
            out.replace(at, end, false);
            at = std::max(at, end);
        }
        const char c = text[at++];
        if (c == '?' || c == '&' || c == '#' || c == ';') at = takeParameter(out, text, at);
    }
    return out.take();
}

} // namespace

QByteArray redactedTarget(QByteArrayView target) {
    auto out = withoutUrlSecrets(target);
    return out ? std::move(*out) : target.toByteArray();
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
    if (word.size() < kShortestKey || (!word.contains('-') && !word.contains('.')))
        return word.size();
    for (qsizetype at = 0; at + kShortestKey <= word.size(); ++at) {
        const QByteArrayView rest = word.sliced(at);
        const bool isStart = at == 0 || !isLetterOrDigit(word[at - 1]);
        if (isStart && ascii::equalsIgnoreCase(rest.first(3), "sk-")) return at;
        if (isStart && ascii::equalsIgnoreCase(rest.first(7), "bearer.")) return at + 7;
        if (isStart && ascii::equalsIgnoreCase(rest.first(8), "api-key.")) return at + 8;
    }
    return word.size();
}

std::optional<QByteArray> withoutCredentials(QByteArrayView text) {
    Replacing out(text);
    QByteArrayView wordBefore;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype start = at;
        while (at < text.size() && isWordOctet(text[at]))
            ++at;
        const QByteArrayView word = text.sliced(start, at - start);
        if (word.isEmpty()) continue;
        out.replace(start + credentialStart(word, wordBefore), at, true);
        wordBefore = word;
    }
    return out.take();
}

} // namespace

QByteArray redactedText(QByteArrayView text) {
    const auto out = withoutCredentials(text);
    return redactedTarget(out ? QByteArrayView(*out) : text);
}

namespace {

/// Where the string of JSON ends that starts at `at`: its closing quote, or the end of the text.
qsizetype stringEnd(QByteArrayView text, qsizetype at) {
    while (at < text.size() && text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at, text.size());
}

qsizetype behindBlanks(QByteArrayView text, qsizetype at) {
    while (at < text.size() &&
           (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        ++at;
    return at;
}

/// What mayBeSecretName() does not know of the names below ends in these.
bool mayBeSecretMember(QByteArrayView name) {
    return mayBeSecretName(name) || endsWithIgnoreCase(name, "ig") ||
           endsWithIgnoreCase(name, "re") || endsWithIgnoreCase(name, "ss");
}

bool isSecretMember(QByteArrayView name) {
    if (!mayBeSecretMember(name)) return false;
    return isSecretParameter(name) || endsWithIgnoreCase(name, "authorization") ||
           endsWithIgnoreCase(name, "cookie");
}

std::optional<QByteArray> withoutSecretMembers(QByteArrayView text) {
    Replacing out(text);
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
        if (isSecretMember(name)) out.replace(value, end, true);
    }
    return out.take();
}

} // namespace

QByteArray redactedContent(QByteArray content) {
    if (auto out = withoutSecretMembers(content)) content = std::move(*out);
    if (mayHoldCredential(content))
        if (auto out = withoutCredentials(content)) content = std::move(*out);
    if (auto out = withoutUrlSecrets(content)) content = std::move(*out);
    return content;
}

} // namespace sallyport
