// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/directtransports.h"
#include "core/proxy/eventfeed.h"
#include "core/proxy/requestlimits.h"
#include "core/proxy/ruleset.h"
#include "core/support/deadline.h"

#include <memory>

namespace sallyport {

/// What all connections of a listener share; owned by ProxyServer, which outlives them.
struct ProxyContext {
    Connector& connector;
    DeadlineQueue& deadlines;
    ExchangeLog& log;
    DirectTransports direct;
    EventFeed& events;
    std::shared_ptr<const RuleSet> rules; ///< the current ones; an exchange keeps its own copy
    QByteArray pseudonym;                 ///< ours in Via, unique to this process
    bool isDraining = false;

    /// Of the wall clock, since 1970; for Date.
    [[nodiscard]] qint64 secondsNow() const {
        const auto now = deadlines.clock().wallNow().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::seconds>(now).count();
    }

    RequestLimits limits{connector.deferredTasks(), deadlines};
};

} // namespace sallyport
