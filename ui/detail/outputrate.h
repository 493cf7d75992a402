// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <deque>

namespace sallyport {

/// Tokens per second over the last seconds of a stream, from samples of their number so far.
class OutputRate {
public:
    static constexpr qint64 kWindow = 5'000'000; ///< µs

    /// `atMicros` rises from call to call.
    void add(qint64 atMicros, qint64 tokens);
    /// 0 before two samples, and when nothing came within the window before `nowMicros`.
    [[nodiscard]] double perSecond(qint64 nowMicros) const;

private:
    struct Sample {
        qint64 atMicros = 0;
        qint64 tokens = 0;
    };
    std::deque<Sample> m_samples;
};

} // namespace sallyport
