// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/config.h"
#include "core/http/requesttarget.h"
#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/transport.h"

#include <list>
#include <memory>

namespace sallyport {

/// Transports to hosts that clients name themselves (absolute-form), each with its pool; the 64
/// used last are kept, and of all their idle connections 256.
class DirectTransports {
public:
    static constexpr std::size_t kKept = 64;
    static constexpr std::size_t kMaxIdle = 256;

    DirectTransports(Connector& connector, DeadlineQueue& deadlines)
        : m_connector(connector)
        , m_deadlines(deadlines) {}

    /// A transport with these options to that host. The same host with the same rule object gets
    /// the same transport, with the options of its first time.
    [[nodiscard]] std::shared_ptr<UpstreamTransport>
    transportFor(const Authority& authority, bool isTls, const std::shared_ptr<const void>& rules,
                 SocketTransportOptions options);

private:
    struct Entry {
        Authority authority;
        bool isTls;
        std::weak_ptr<const void> rules;
        std::shared_ptr<UpstreamTransport> transport;
    };
    Connector& m_connector;
    DeadlineQueue& m_deadlines;
    std::shared_ptr<IdleQuota> m_idleQuota = std::make_shared<IdleQuota>(kMaxIdle);
    std::list<Entry> m_entries; ///< the one used last in front
};

} // namespace sallyport
