// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/targetgroup.h"
#include "core/support/exchangeerror.h"
#include "core/upstream/transport.h"

#include <memory>
#include <optional>

namespace sallyport {

/// The targets of one exchange: the one that has it and those before. Chooses, and tells the group
/// what became of each.
class TargetFailover {
public:
    /// `clock` and `request` outlive it; what the group chooses by is read from `request`.
    TargetFailover(std::shared_ptr<TargetGroup> group, const Clock& clock,
                   const UpstreamRequest& request);

    /// Takes the next target; returns why there is none.
    [[nodiscard]] std::optional<ExchangeError> next();
    [[nodiscard]] std::size_t target() const { return m_lease.target(); }
    /// Whether next() could be asked again: a target has not had its turn and can take a request.
    [[nodiscard]] bool hasOther() const;

    void connectWorked() { m_lease.connectWorked(); }
    /// The turn is over. What is wrong on this machine is not the target's failure.
    void connectFailed(const ExchangeError& error);
    void failed(const ExchangeError& error);
    void completed();
    void responded(const ResponseHead& head);
    /// After completed(): its content tells of a failure.
    void amend(const QString& reason);
    /// The error of the latest turn, with those of the turns before it.
    [[nodiscard]] ExchangeError withEarlier(const ExchangeError& error) const {
        return {error.code, error.side, m_earlier + error.detail};
    }

private:
    [[nodiscard]] TargetQuery query() const;
    [[nodiscard]] Monotonic now() const { return m_clock.now(); }

    std::shared_ptr<TargetGroup> m_group;
    const Clock& m_clock;
    const UpstreamRequest& m_request;
    TargetLease m_lease;
    quint64 m_tried = 0;
    QString m_latest;  ///< why the latest turn ended
    QString m_earlier; ///< why those before it did, each with `; ` after it
};

} // namespace sallyport
