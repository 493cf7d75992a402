// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/breaker.h"
#include "core/balance/targetavailability.h"

#include <QByteArrayView>
#include <QString>

#include <functional>

namespace sallyport {

/// What a target can do for the next request.
enum class TargetCondition {
    Up,
    Cooling,     ///< it asked for a pause; passed over while another can take the request
    Unreachable, ///< the latest connection failed; passed over in the same way
    HalfOpen,    ///< the breaker lets one request through
    BreakerOpen, ///< gets no request
    Down,        ///< out by health probes; gets no request
};

/// The word for it in log lines and metrics; stays the same in every language.
[[nodiscard]] QByteArrayView wordOf(TargetCondition condition);

/// One target as screens, `/readyz`, metrics and the log show it.
struct TargetStatus {
    QString name; ///< `host:port`, with the base path where there is one
    TargetCondition condition = TargetCondition::Up;
    QString reason; ///< in words, with the figures; empty while it is up
    int active = 0; ///< exchanges under way
    friend bool operator==(const TargetStatus&, const TargetStatus&) = default;
};

/// Receives a target whenever its condition has become another one by something that happened (not
/// by time passing alone).
using TargetChanged = std::function<void(const TargetStatus&)>;

/// What is known of one target. Shared by the groups of earlier and later configurations in which
/// it stands, and by its leases. Pure but for the call of `changed`.
class TargetState {
public:
    explicit TargetState(QString name);

    [[nodiscard]] quint64 id() const { return m_id; } ///< unique in this process
    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] TargetStatus status(Monotonic now) const;
    /// A request may be sent there.
    [[nodiscard]] bool canTake(Monotonic now) const;
    /// … and there is no reason to ask another one first.
    [[nodiscard]] bool isPreferred(Monotonic now) const;
    /// Tells when the condition is not the one that was told last.
    void tell(Monotonic now);

    Breaker breaker;
    TargetAvailability marks;
    TargetChanged changed;
    int active = 0; ///< leases

private:
    [[nodiscard]] TargetCondition condition(Monotonic now) const;
    quint64 m_id;
    QString m_name;
    TargetCondition m_told = TargetCondition::Up;
};

} // namespace sallyport
