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

// Runs over every target and value of every exchange. What is looked for is known by one byte, and
// those before it: the last one of "sk-", "Bearer ", "api-key.", "ghp_", "eyJ", "AKIA", "AIza".
bool mayHoldSecretShape(QByteArrayView text) {
    const auto endsIn = [&text](qsizetype end, QByteArrayView word) {
        return end >= word.size() &&
               ascii::equalsIgnoreCase(text.sliced(end - word.size(), word.size()), word);
    };
    const auto isFound = [&](qsizetype i) {
        switch (text[i]) {
        case ' ': return endsIn(i, "rer") || endsIn(i, "sic") || endsIn(i, "begin");
        case '.': return endsIn(i, "rer") || endsIn(i, "key") || endsIn(i - 1, "xox");
        case '-':
            return endsIn(i, "sk") || endsIn(i, "sp") || endsIn(i, "pat") || endsIn(i - 1, "xox") ||
                   endsIn(i, "xapp");
        case '_': return endsIn(i, "pat") || endsIn(i - 1, "gh");
        case 'J': return endsIn(i, "ey");
        case 'A': return endsIn(i, "aki") || endsIn(i, "asi");
        case 'a': return endsIn(i, "aiz");
        default: return false;
        }
    };
    for (qsizetype i = 2; i < text.size(); ++i)
        if (isFound(i)) return true;
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
