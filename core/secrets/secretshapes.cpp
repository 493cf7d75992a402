// SPDX-License-Identifier: MIT
#include "core/secrets/secretshapes.h"

#include "core/support/ascii.h"

#include <algorithm>
#include <array>

namespace sallyport {

namespace {

constexpr std::array<bool, 256> wordBytes() {
    std::array<bool, 256> out{};
    for (std::size_t i = 0; i < 26; ++i)
        out['a' + i] = out['A' + i] = true;
    for (std::size_t i = 0; i < 10; ++i)
        out['0' + i] = true;
    for (const char c : {'-', '_', '.', '~', '+', '/', '=', '*'})
        out[static_cast<unsigned char>(c)] = true;
    return out;
}

bool isWordByte(char c, Wording wording) {
    static constexpr std::array<bool, 256> kWord = wordBytes();
    return kWord[static_cast<unsigned char>(c)] && (c != '/' || wording == Wording::Text);
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLetterOrDigit(char c) {
    return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z');
}
bool isUpperOrDigit(char c) { return isUpper(c) || ascii::isDigit(c); }
bool isBase64UrlByte(char c) { return isLetterOrDigit(c) || c == '-' || c == '_'; }

bool startsWithIgnoreCase(QByteArrayView text, QByteArrayView start) {
    return text.size() >= start.size() && ascii::equalsIgnoreCase(text.first(start.size()), start);
}

/// How the key of a vendor begins, and how many bytes of which kind follow at least.
struct KeyShape {
    QByteArrayView start;
    qsizetype rest;
    bool (*isRest)(char);
};

constexpr qsizetype kShortestWord = 8;

bool isKey(QByteArrayView text) {
    // Any case and any rest: what the Messages API calls a key is the first thing to look for.
    if (text.size() >= kShortestWord && startsWithIgnoreCase(text, "sk-")) return true;
    static constexpr std::array<KeyShape, 11> kShapes{{
        {"sp-", 32, isBase64UrlByte},
        {"ghp_", 20, isLetterOrDigit},
        {"gho_", 20, isLetterOrDigit},
        {"ghu_", 20, isLetterOrDigit},
        {"ghs_", 20, isLetterOrDigit},
        {"ghr_", 20, isLetterOrDigit},
        {"github_pat_", 20, isBase64UrlByte},
        {"glpat-", 16, isBase64UrlByte},
        {"AKIA", 16, isUpperOrDigit},
        {"ASIA", 16, isUpperOrDigit},
        {"AIza", 30, isBase64UrlByte},
    }};
    return std::any_of(kShapes.begin(), kShapes.end(), [text](const KeyShape& shape) {
        if (!text.startsWith(shape.start) || text.size() < shape.start.size() + shape.rest)
            return false;
        const QByteArrayView rest = text.sliced(shape.start.size(), shape.rest);
        return std::all_of(rest.begin(), rest.end(), shape.isRest);
    });
}

/// Slack: `xoxb-`, `xoxp-`, `xoxe.xoxp-` and further letters; `xapp-`.
bool isSlackToken(QByteArrayView text) {
    constexpr qsizetype kShortest = 15;
    if (text.size() < kShortest) return false;
    return text.startsWith("xapp-") || (text.startsWith("xox") && isLetterOrDigit(text[3]) &&
                                        (text[4] == '-' || text[4] == '.'));
}

/// RFC 7519 3: header and payload are JSON objects, `{"` in base64url is `eyJ`. An encrypted one
/// (RFC 7516 3.1) has five parts, of which only the header is readable.
bool isJsonWebToken(QByteArrayView text) {
    constexpr qsizetype kLongestHeader = 2048;
    constexpr qsizetype kLongest = 8192;
    if (!text.startsWith("eyJ")) return false;
    const qsizetype dot = text.first(std::min(kLongestHeader, text.size())).indexOf('.');
    if (dot < kShortestWord || !std::all_of(text.begin(), text.begin() + dot, isBase64UrlByte))
        return false;
    const QByteArrayView rest = text.sliced(dot + 1, std::min(kLongest, text.size() - dot - 1));
    return rest.startsWith("eyJ") || rest.count('.') >= 3;
}

/// Where a secret starts in a word, to the word's end; its size where there is none.
qsizetype secretStart(QByteArrayView word) {
    for (qsizetype at = 0; at + kShortestWord <= word.size(); ++at) {
        if (at > 0 && isLetterOrDigit(word[at - 1])) continue;
        const QByteArrayView rest = word.sliced(at);
        if (startsWithIgnoreCase(rest, "bearer.")) return at + 7;
        if (startsWithIgnoreCase(rest, "api-key.")) return at + 8;
        if (isKey(rest) || isSlackToken(rest) || isJsonWebToken(rest)) return at;
    }
    return word.size();
}

bool isScheme(QByteArrayView word) {
    return ascii::equalsIgnoreCase(word, "Bearer") || ascii::equalsIgnoreCase(word, "Basic");
}

/// RFC 7468 2: where the content of the private key starts whose first boundary starts at `at`;
/// -1 where there is none.
qsizetype privateKeyStart(QByteArrayView text, qsizetype at) {
    constexpr QByteArrayView kBegin("-----BEGIN ");
    constexpr QByteArrayView kLabelEnd("PRIVATE KEY-----");
    constexpr qsizetype kLongestLabel = 40;
    if (!text.sliced(at).startsWith(kBegin)) return -1;
    const qsizetype from = at + kBegin.size();
    const qsizetype size = std::min(kLongestLabel, text.size() - from);
    const qsizetype label = text.sliced(from, size).indexOf(kLabelEnd);
    return label < 0 ? -1 : from + label + kLabelEnd.size();
}

/// Finds the content up to the last boundary, or to the end of a text that was cut before it.
void findPrivateKeys(QByteArrayView text, SecretSpans& found) {
    for (qsizetype at = 0; (at = text.indexOf("-----BEGIN ", at)) >= 0; ++at) {
        const qsizetype from = privateKeyStart(text, at);
        if (from < 0) continue;
        const qsizetype end = text.indexOf("-----END ", from);
        at = end < 0 ? text.size() : end;
        found.add(from, at, false);
        if (end < 0) return;
    }
}

} // namespace

namespace {

/// Whether the bytes before `end` are those of `word`, in any case.
bool endsIn(QByteArrayView text, qsizetype end, QByteArrayView word) {
    return end >= word.size() &&
           ascii::equalsIgnoreCase(text.sliced(end - word.size(), word.size()), word);
}

/// Whether the byte at `i` is the last one of what a shape begins with: of "sk-", "Bearer ",
/// "api-key.", "ghp_", "eyJ", "AKIA", "AIza" and their like.
bool endsStartOfShape(QByteArrayView text, qsizetype i) {
    switch (text[i]) {
    case ' ': return endsIn(text, i, "rer") || endsIn(text, i, "sic") || endsIn(text, i, "begin");
    case '.': return endsIn(text, i, "rer") || endsIn(text, i, "key") || endsIn(text, i - 1, "xox");
    case '-':
        return endsIn(text, i, "sk") || endsIn(text, i, "sp") || endsIn(text, i, "pat") ||
               endsIn(text, i - 1, "xox") || endsIn(text, i, "xapp");
    case '_': return endsIn(text, i, "pat") || endsIn(text, i - 1, "gh");
    case 'J': return endsIn(text, i, "ey");
    case 'A': return endsIn(text, i, "aki") || endsIn(text, i, "asi");
    case 'a': return endsIn(text, i, "aiz");
    default: return false;
    }
}

/// Whether endsStartOfShape() can be true anywhere, by three bytes. Runs over every target and
/// value of every exchange: a plain loop without an early end, which compilers turn into wide
/// compares.
bool mayHaveStartOfShape(QByteArrayView text) {
    const char* const bytes = text.data();
    const qsizetype size = text.size();
    quint8 found = 0;
    for (qsizetype i = 2; i < size; ++i) {
        const char c = bytes[i];
        const char before = static_cast<char>(bytes[i - 1] | ' ');
        const char second = static_cast<char>(bytes[i - 2] | ' ');
        const bool blank = (c == ' ') & ((before == 'r') | (before == 'c') | (before == 'n'));
        const bool dot = (c == '.') & ((before == 'r') | (before == 'y') | (second == 'x'));
        const bool dash =
            (c == '-') & ((before == 'k') | (before == 'p') | (before == 't') | (second == 'x'));
        const bool low = (c == '_') & ((before == 't') | (second == 'h'));
        const bool letter = ((c == 'J') & (before == 'y')) | ((c == 'A') & (before == 'i')) |
                            ((c == 'a') & (before == 'z'));
        found = static_cast<quint8>(found | quint8(blank | dot | dash | low | letter));
    }
    return found != 0;
}

} // namespace

bool mayHoldSecretShape(QByteArrayView text) {
    if (!mayHaveStartOfShape(text)) return false;
    for (qsizetype i = 2; i < text.size(); ++i)
        if (endsStartOfShape(text, i)) return true;
    return false;
}

void findSecretShapes(QByteArrayView text, Wording wording, SecretSpans& found) {
    if (!mayHoldSecretShape(text)) return;
    findPrivateKeys(text, found);
    QByteArrayView wordBefore;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype start = at;
        while (at < text.size() && isWordByte(text[at], wording))
            ++at;
        const QByteArrayView word = text.sliced(start, at - start);
        if (word.isEmpty()) continue;
        const bool followsScheme = wording == Wording::Text && isScheme(wordBefore);
        found.add(start + (followsScheme ? 0 : secretStart(word)), at, true);
        wordBefore = word;
    }
}

bool looksRandom(QByteArrayView word) {
    constexpr qsizetype kShortestKey = 20;
    constexpr int kMostTurns = 3;
    if (word.size() < kShortestKey) return false;
    qsizetype row = 0;
    int turns = 0;
    for (qsizetype i = 0; i < word.size(); ++i) {
        row = isLetterOrDigit(word[i]) ? row + 1 : 0;
        if (row == kShortestKey) return true;
        if (row < 2) continue;
        const char before = word[i - 1];
        if (ascii::isDigit(before) != ascii::isDigit(word[i]) ||
            (!isUpper(before) && isUpper(word[i])))
            ++turns;
    }
    return turns > kMostTurns;
}

} // namespace sallyport
