// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/engine/pastedrequest.h"

#include <QString>
#include <QStringList>

namespace sallyport {

/// Where a request would go, and why.
struct RequestExplanation {
    enum class Outcome { Sent, Answered, Refused };
    Outcome outcome = Outcome::Refused;
    QString route;       ///< that takes it; empty: none
    QString destination; ///< one sentence
    QStringList reasons; ///< a sentence each, in the order of the decisions
};

/// What becomes of the request under that configuration, by the same decision as that of requests
/// which come (dispatch()): it is asked as a client on this machine asks that shows the local
/// token. `port` is where Sallyport listens. Nothing is sent or read.
[[nodiscard]] RequestExplanation explainRequest(const PastedRequest& request, const Config& config,
                                                quint16 port);

} // namespace sallyport
