// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"
#include "core/support/deadline.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

class QHostInfo;

namespace sallyport {

/// Finds the addresses of a name: calls back once, from the event loop, unless the context object
/// goes before. What it returns can be given to QHostInfo::abortHostLookup().
using NameLookup = std::function<int(const QString& host, const QObject* context,
                                     std::function<void(const QHostInfo&)> found)>;

/// The making of one connection: resolves, races the addresses (RFC 8305 5), lets the winner
/// proceed to TLS, all within the target's time.
class ConnectRun final : public ConnectAttempt, private Dial::Observer, private Soon {
public:
    /// Before the next address is tried beside those under way (RFC 8305 8).
    static constexpr std::chrono::milliseconds kStagger{250};

    /// What it borrows; all of it outlives the run.
    struct Surroundings {
        Dialler& dialler;
        SoonQueue& soon;
        DeadlineQueue& deadlines;
        NameLookup lookup = {}; ///< empty: the system's resolver
    };
    /// Begins in the next turn.
    ConnectRun(ConnectTarget target, Surroundings surroundings, ConnectObserver& observer);
    ~ConnectRun() override;

private:
    void runSoon() override;
    void resolved(const QHostInfo& answer);
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
    NameLookup m_lookUp;
    ConnectObserver& m_observer;
    Deadline m_timeout;
    Deadline m_stagger;
    std::unique_ptr<QObject> m_lookupContext; ///< its end cancels the lookup
    int m_lookup = -1;
    std::vector<QHostAddress> m_addresses;
    std::size_t m_next = 0;
    std::vector<std::unique_ptr<Dial>> m_dials;
    bool m_hasWinner = false;
    StreamError m_lastError;
};

} // namespace sallyport
