// SPDX-License-Identifier: MIT
#pragma once

#include "core/observe/exchangerecord.h"

#include <vector>

namespace sallyport {

/// Exchanges that wait to be written. Bounded: when the disk does not keep up, first contents and
/// then whole exchanges are left out and counted.
class HistoryQueue {
public:
    static constexpr std::size_t kMaxWaiting = 8192;        ///< exchanges
    static constexpr qint64 kMaxBytes = 48LL * 1024 * 1024; ///< contents of all that wait

    struct Dropped {
        quint64 exchanges = 0;
        quint64 contents = 0; ///< of exchanges that were kept
        friend bool operator==(const Dropped&, const Dropped&) = default;
    };

    void add(const ExchangeDetail& exchange);
    /// What waits; its bytes count until release().
    [[nodiscard]] std::vector<ExchangeDetail> take();
    /// What was taken has been written, or given up.
    void release();
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    /// Since the last call.
    [[nodiscard]] Dropped takeDropped();

private:
    std::vector<ExchangeDetail> m_waiting;
    std::size_t m_taken = 0;
    qint64 m_bytes = 0;
    qint64 m_takenBytes = 0;
    Dropped m_dropped;
};

} // namespace sallyport
