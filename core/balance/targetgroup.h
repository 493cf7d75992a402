// SPDX-License-Identifier: MIT
#pragma once

#include "core/balance/balancerules.h"
#include "core/balance/sessiontable.h"
#include "core/balance/targetlease.h"

#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <memory>
#include <variant>
#include <vector>

namespace sallyport {

/// A target as the group sees it.
struct TargetSpec {
    QString name; ///< by which it is known again after a reload
    int weight = 1;
};

/// What a request asks of a group.
struct TargetQuery {
    QByteArrayView session; ///< `X-Claude-Code-Session-Id`; empty: none
    QByteArrayView wanted;  ///< the name of the one target it may go to; empty: any
    quint64 tried = 0;      ///< bit N: target N has had its turn
};

/// No target can take the request.
struct NoTarget {
    QString reason;             ///< of each target, in words
    std::chrono::seconds wait;  ///< after which one may; at least 1 s
    bool isNameUnknown = false; ///< `wanted` is no target; `reason` has their names
};

/// Chooses among the targets of one upstream: health, breaker, pauses, sessions, policy. Pure: the
/// time is given to each call. Only those of its state that it shares with a later group of the
/// same upstream outlive it.
class TargetGroup {
public:
    /// Targets of one upstream.
    static constexpr std::size_t kMostTargets = 64;

    /// What is known of targets of the same name in `before` (may be null) is kept, and so are the
    /// sessions.
    TargetGroup(const std::vector<TargetSpec>& targets, const BalanceRules& rules,
                const TargetGroup* before = nullptr);

    /// Takes a place at a target. First where there is no reason against it: the target of the
    /// session (not under Failover, where the order decides for all), then by policy. Where all are
    /// unreachable or cooling, the one whose time ends first: its own answer says more than ours.
    [[nodiscard]] std::variant<TargetLease, NoTarget> choose(const TargetQuery& query,
                                                             Monotonic now);
    /// Whether a target that is not in `query.tried` could take the request.
    [[nodiscard]] bool hasOther(const TargetQuery& query, Monotonic now) const;
    /// Whether some target can take a request; why none can, in words.
    [[nodiscard]] std::optional<NoTarget> unavailable(Monotonic now) const;

    /// The session goes to that target only; false when there is no such target. An empty name lets
    /// it go anywhere again.
    [[nodiscard]] bool pinSession(QByteArrayView session, QByteArrayView target);

    void probeSucceeded(std::size_t target, Monotonic now);
    void probeFailed(std::size_t target, const QString& reason, Monotonic now);

    [[nodiscard]] std::size_t size() const { return m_slots.size(); }
    [[nodiscard]] std::vector<TargetStatus> statuses(Monotonic now) const;
    void setChangedCallback(const TargetChanged& changed);

private:
    struct Slot {
        std::shared_ptr<TargetState> state;
        int weight = 1;
        qint64 current = 0; ///< of the smooth weighted turn
    };
    struct Candidates {
        quint64 preferred = 0;
        quint64 lastResort = 0;
    };
    /// The sessions of an upstream, over reloads.
    struct Sessions {
        SessionTable latest;
        SessionTable pinned;
    };
    [[nodiscard]] const Slot* slotNamed(QByteArrayView name) const;
    [[nodiscard]] quint64 wantedMask(const TargetQuery& query) const;
    [[nodiscard]] Candidates candidates(quint64 among, Monotonic now) const;
    [[nodiscard]] std::optional<std::size_t> placeOf(QByteArrayView session, quint64 among) const;
    [[nodiscard]] std::size_t byPolicy(quint64 among);
    [[nodiscard]] std::size_t inTurn(quint64 among);
    [[nodiscard]] quint64 leastActive(quint64 among) const;
    [[nodiscard]] std::size_t firstToEnd(quint64 among) const;
    [[nodiscard]] NoTarget noTarget(quint64 among, Monotonic now) const;
    [[nodiscard]] NoTarget unknownName() const;

    std::vector<Slot> m_slots;
    BalanceRules m_rules;
    std::shared_ptr<Sessions> m_sessions;
};

} // namespace sallyport
