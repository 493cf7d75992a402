// SPDX-License-Identifier: MIT
#include "core/upstream/viaconnector.h"

#include "core/upstream/proxyattempt.h"

namespace sallyport {

std::unique_ptr<ConnectAttempt> ViaConnector::connectTo(ConnectTarget target,
                                                        ConnectObserver& observer) {
    if (!target.wayOut) return m_plain.connectTo(std::move(target), observer);
    auto attempt =
        std::make_unique<ProxyAttempt>(m_plain, m_deadlines, std::move(target), observer);
    attempt->start();
    return attempt;
}

} // namespace sallyport
