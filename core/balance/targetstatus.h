// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

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

} // namespace sallyport
