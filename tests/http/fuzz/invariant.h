// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace sallyport::test {

/// Ends the fuzzer's run with a finding.
inline void require(bool isTrue, const char* sentence) {
    if (isTrue) return;
    std::fprintf(stderr, "does not hold: %s\n", sentence);
    std::abort();
}

/// Some places to cut an input at: the same for the same input, so that a finding is found again.
inline std::vector<qsizetype> cutsOf(QByteArrayView input) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : input)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    std::vector<qsizetype> cuts;
    for (int i = 0; i < 6; ++i) {
        hash = hash * 6364136223846793005ULL + 1442695040888963407ULL;
        cuts.push_back(
            static_cast<qsizetype>((hash >> 33) % (static_cast<std::uint64_t>(input.size()) + 1)));
    }
    return cuts;
}

} // namespace sallyport::test
