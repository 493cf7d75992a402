// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <vector>

namespace sallyport {

/// A time in which nothing of the contents of an exchange moved, and whose turn it was.
struct Silence {
    enum class By {
        Client,    ///< its request was not whole
        Sallyport, ///< the request waited for a place in flight
        Upstream,  ///< it was being connected to, or had not sent what comes next
    };
    By by = By::Upstream;
    qint64 fromMicros = 0; ///< since the exchange began, as `toMicros`
    qint64 toMicros = 0;
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// Shorter ones are the pace of a stream.
inline constexpr qint64 kShortestSilence = 500'000; ///< µs

/// The silences of an exchange in order of time, also the one that lasts. `elapsed`: µs since it
/// began. While the client does not read, the upstream is not read either: that counts as
/// a silence of the upstream.
[[nodiscard]] std::vector<Silence> silencesOf(const ExchangeDetail& detail, qint64 elapsed);

/// When a byte of the contents passed last, µs since the exchange began; 0: none has.
[[nodiscard]] qint64 lastByteMicros(const ExchangeDetail& detail);

} // namespace sallyport
