// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"
#include "core/net/hostlookups.h"
#include "core/support/deadline.h"

#include <chrono>
#include <memory>
#include <vector>

namespace sallyport {

/// The making of one connection: resolves, races the addresses (RFC 8305 5), all within the
/// target's time. Plain TCP only: a target that wants TLS fails, see TlsConnector.
class HappyEyeballs final : public ConnectAttempt, private Dial::Observer, private DeferredTask {
public:
    /// Before the next address is tried beside those under way (RFC 8305 8).
    static constexpr std::chrono::milliseconds kStagger{250};

    /// What it borrows; all of it outlives the run.
    struct Context {
        Dialler& dialler;
        DeferredTaskQueue& deferredTasks;
        DeadlineQueue& deadlines;
        HostLookups& lookups;
    };
    /// Begins in the next turn.
    HappyEyeballs(ConnectTarget target, Context context, ConnectObserver& observer);

private:
    void runDeferred() override;
    void resolved(const QHostInfo& response);
    void race(const QList<QHostAddress>& addresses);
    void dialNext();
    void dialConnected(Dial& dial) override;
    void dialReady(StreamPtr stream) override;
    void dialFailed(Dial& dial, const StreamError& error) override;
    void timedOut();
    void fail(StreamError error);
    [[nodiscard]] QString where() const;

    ConnectTarget m_target;
    Dialler& m_dialler;
    HostLookups& m_lookups;
    ConnectObserver& m_observer;
    Deadline m_timeout;
    Deadline m_stagger;
    std::unique_ptr<HostLookups::Search> m_search; ///< while it resolves
    std::vector<QHostAddress> m_addresses;
    std::size_t m_next = 0;
    std::vector<std::unique_ptr<Dial>> m_dials;
    bool m_hasWinner = false;
    StreamError m_lastError;
};

} // namespace sallyport
