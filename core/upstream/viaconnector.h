// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/deadline.h"

#include <memory>

namespace sallyport {

/// Makes connections by HTTP proxies where a target asks for that (ConnectTarget::wayOut), by
/// another connector. The stream is one to the origin after CONNECT, or to the proxy for requests
/// in absolute-form. Of several proxies the next is tried when one cannot be reached or ends the
/// connection instead of answering; what a proxy refuses is not asked of the next one. The target's
/// time-out is for all of it; each but the last gets half of what is left.
class ViaConnector final : public Connector {
public:
    /// Of a response to CONNECT or HEAD so much content is read to use its connection again.
    static constexpr qsizetype kMaxContent = qsizetype{64} * 1024;

    /// Both must outlive it.
    ViaConnector(Connector& plain, DeadlineQueue& deadlines)
        : Connector(plain.deferredTasks())
        , m_plain(plain)
        , m_deadlines(deadlines) {}

    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override;

private:
    Connector& m_plain;
    DeadlineQueue& m_deadlines;
};

} // namespace sallyport
