// SPDX-License-Identifier: MIT
#include "core/observe/credentials.h"

#include "core/observe/masking.h"
#include "core/support/ascii.h"

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

bool isLetterOrDigit(char c) {
    return ascii::isDigit(c) || (ascii::toLower(c) >= 'a' && ascii::toLower(c) <= 'z');
}

/// Where a credential starts in a word, to the word's end; its size where there is none.
qsizetype credentialStart(QByteArrayView word) {
    constexpr qsizetype kShortestKey = 8;
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

bool isScheme(QByteArrayView word) {
    return ascii::equalsIgnoreCase(word, "Bearer") || ascii::equalsIgnoreCase(word, "Basic");
}

} // namespace

// Runs over every target and value of every exchange. Each of the words looked for ends in a sign
// that sorts before all letters and digits: the "sk-" of a key, the end of "Bearer " or "Basic ",
// of "bearer." or "api-key.".
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

std::optional<QByteArray> withoutCredentials(QByteArrayView text, Wording wording) {
    Masking out(text);
    QByteArrayView wordBefore;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype start = at;
        while (at < text.size() && isWordByte(text[at], wording))
            ++at;
        const QByteArrayView word = text.sliced(start, at - start);
        if (word.isEmpty()) continue;
        const bool isBehindScheme = wording == Wording::Text && isScheme(wordBefore);
        out.mask(start + (isBehindScheme ? 0 : credentialStart(word)), at, true);
        wordBefore = word;
    }
    return out.take();
}

} // namespace sallyport
