// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/tls/systemroots.h"
#include "core/tls/tlsclientcontext.h"

#include <memory>
#include <vector>

namespace sallyport {

/// Makes plain connections by another connector, and where TLS is wanted puts a TlsStream on top,
/// all within the target's time.
class TlsConnector final : public Connector {
public:
    /// Both must outlive it and its streams.
    TlsConnector(Connector& plain, DeadlineQueue& deadlines);

    /// A failed handshake ends the attempt; no other address is tried.
    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override;

private:
    using SharedContext = std::shared_ptr<TlsClientContext>;
    struct Known {
        std::weak_ptr<const TlsClientOptions> options;
        SharedContext context;
    };
    [[nodiscard]] Result<SharedContext, QString>
    contextFor(const std::shared_ptr<const TlsClientOptions>& options);

    Connector& m_plain;
    DeadlineQueue& m_deadlines;
    SystemRoots m_roots;
    std::vector<Known> m_known; ///< of options that are still in use
};

} // namespace sallyport
