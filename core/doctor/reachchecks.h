// SPDX-License-Identifier: MIT
#pragma once

#include "core/doctor/checkresult.h"
#include "core/doctor/localreading.h"

#include <vector>

namespace sallyport {

/// One request that was sent through the proxy of Claude Code, as it would send it.
struct ProxyProbeOutcome {
    QString url{};
    int status = 0;    ///< 0: there was no response
    QString failure{}; ///< why not
};

/// What Claude Code asks for at its first start (measured with 2.1.329; both must give 200), and
/// what WebFetch asks for.
[[nodiscard]] const QStringList& connectivityUrls();
[[nodiscard]] QString webFetchUrl();

/// Whether requests for those are worth sending: Claude Code's proxy is the running Sallyport.
[[nodiscard]] bool hasProxyToProbe(const LocalReading& local);

/// `connectivity-check`: the check of the first start is skipped, or was met by real requests
/// through Sallyport. Fix: connect.
[[nodiscard]] CheckResult checkConnectivity(const LocalReading& local,
                                            const std::vector<ProxyProbeOutcome>& outcomes);
/// `webfetch-preflight`: `skipWebFetchPreflight` is set, or its request was met. Fix: it is set.
[[nodiscard]] CheckResult checkWebFetch(const LocalReading& local,
                                        const std::vector<ProxyProbeOutcome>& outcomes);

} // namespace sallyport
