// SPDX-License-Identifier: MIT
#pragma once

#include "core/upstream/sockettransport.h"

#include <memory>
#include <vector>

namespace sallyport {

/// Asks each target of a group by GET whether it is well, at once and then again `every` after the
/// response, always on a new connection, and tells the group. A status of 2xx or 3xx within the
/// connect time-out is well. No credential goes with it. Lives on the thread of its deadlines.
class HealthProbes {
public:
    /// Of `options` its group is told, which is not null. What is borrowed outlives it.
    HealthProbes(Connector& connector, DeadlineQueue& deadlines,
                 const SocketTransportOptions& options, const HealthRules& rules);
    ~HealthProbes();
    HealthProbes(const HealthProbes&) = delete;
    HealthProbes& operator=(const HealthProbes&) = delete;

    /// Asks no more: a later configuration has probes of its own.
    void stop();

private:
    class Probe;
    std::vector<std::unique_ptr<Probe>> m_probes;
};

} // namespace sallyport
