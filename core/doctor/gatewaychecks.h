// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

/// How far one step toward a target came.
struct GatewayStep {
    enum class State {
        NotReached, ///< a step before it failed
        NotNeeded,  ///< an address needs no DNS, http no TLS
        Passed,
        Failed,
    };
    State state = State::NotReached;
    QString text{}; ///< one clause or sentence with the evidence
};

/// What was found on the way to one target of an upstream that a route uses.
struct GatewayReading {
    QString upstream{};
    QString url{}; ///< without user information
    GatewayStep dns{}, tcp{}, tls{}, http{}, models{};
    std::optional<QDateTime> theirTime{}; ///< the Date field of the response (RFC 9110 6.6.1)
    QDateTime ourTime{};                  ///< when it came
};

/// `gateway-dns`, `gateway-tcp`, `gateway-tls`, `gateway-http`, `gateway-models`: a Fault where no
/// target of an upstream passes the step, a Warning where another one does.
[[nodiscard]] std::vector<CheckResult> checkGateway(const std::vector<GatewayReading>& readings);

} // namespace sallyport
