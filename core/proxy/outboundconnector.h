// SPDX-License-Identifier: MIT
#pragma once

#include "core/tls/tlsconnector.h"
#include "core/upstream/viaconnector.h"

namespace sallyport {

/// What all upstream connections are made by: TLS where it is wanted, over a proxy's tunnel where
/// the target has a way out, over TCP.
class OutboundConnector final : public Connector {
public:
    /// Both must outlive it and its streams.
    OutboundConnector(Connector& plain, DeadlineQueue& deadlines)
        : Connector(plain.deferredTasks())
        , m_via(plain, deadlines)
        , m_tls(m_via, deadlines) {}

    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override {
        return m_tls.connectTo(std::move(target), observer);
    }

private:
    ViaConnector m_via;
    TlsConnector m_tls;
};

} // namespace sallyport
