// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/targetstate.h"

#include <cstddef>
#include <memory>

namespace sallyport {

/// The place of one request at one target: counts as under way until it is released or destroyed,
/// and says what became of the request. What is said after the end has no effect. Without an end it
/// is neither a success nor a failure: the client left.
class TargetLease {
public:
    TargetLease() = default;
    /// The request goes there now.
    TargetLease(std::shared_ptr<TargetState> state, std::size_t target, Monotonic now);
    ~TargetLease() { release(); }
    TargetLease(TargetLease&& other) noexcept = default;
    TargetLease& operator=(TargetLease&& other) noexcept;

    /// The index of the target in its group.
    [[nodiscard]] std::size_t target() const { return m_target; }

    void connectWorked();
    /// An end: no connection.
    void connectFailed(Monotonic now, const QString& reason);
    /// The head of the final response. `pause` is its Retry-After. 429 and 529 cool the target, and
    /// 503 where it says for how long; a status from 500 on but 501 and 505 is a failure.
    void responded(Monotonic now, int status, std::optional<std::chrono::milliseconds> pause);
    /// An end: the response is whole.
    void completed(Monotonic now);
    /// An end: no response, none that is HTTP, or one that broke in the middle.
    void failed(Monotonic now, const QString& reason);
    /// After completed(): its content says that it was not whole after all.
    void amend(Monotonic now, const QString& reason);

private:
    void fail(Monotonic now, const QString& reason);
    void release();

    std::shared_ptr<TargetState> m_state; ///< null once moved from
    std::size_t m_target = 0;
    bool m_isActive = false;
    bool m_isProbe = false;
    bool m_isTrial = false;
    bool m_isCounted = false; ///< the breaker has had its result
};

} // namespace sallyport
