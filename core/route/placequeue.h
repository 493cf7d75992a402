// SPDX-License-Identifier: MIT
#pragma once

#include "core/route/inflightlimit.h"

#include <QByteArray>
#include <QtGlobal>

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace sallyport {

/// Places in flight, and the queue for them. A place that comes free goes to the flow that has the
/// fewest, of those to the one that was served longest ago, and within a flow in order. So one
/// client or session with many requests does not keep another with one of them waiting.
///
/// A full queue refuses, unless another flow has at least two more waiting than the one that asks:
/// then the newest request of the longest gives way.
class PlaceQueue {
public:
    using Ticket = quint64;
    enum class Answer { Granted, Waits, Full };
    struct Asked {
        Answer answer;
        std::optional<Ticket> displaced; ///< no longer waits; refused in favour of this one
    };

    explicit PlaceQueue(InFlightLimit limit)
        : m_limit(limit) {}

    [[nodiscard]] const InFlightLimit& limit() const { return m_limit; }
    /// `ticket` is new. Requests of one `flow` share a turn.
    [[nodiscard]] Asked ask(Ticket ticket, const QByteArray& flow);
    /// Gives back a place or stops waiting. Returns those that have a place now.
    [[nodiscard]] std::vector<Ticket> leave(Ticket ticket);
    /// Another limit from now on; nobody loses a place. Returns those that have a place now.
    [[nodiscard]] std::vector<Ticket> setLimit(InFlightLimit limit);

    [[nodiscard]] int inFlight() const { return m_inFlight; }
    [[nodiscard]] int waiting() const { return m_waiting; }

private:
    struct Flow {
        int inFlight = 0;
        quint64 served = 0; ///< the turn in which it last got a place
        std::deque<Ticket> waiting;
    };
    using Flows = std::map<QByteArray, Flow>;

    void grant(Flow& flow);
    [[nodiscard]] std::vector<Ticket> grantFree();
    [[nodiscard]] Flow* nextFlow();
    [[nodiscard]] std::optional<Ticket> displaceFor(const Flow* asking);

    InFlightLimit m_limit;
    Flows m_flows; ///< those with a place or a wait
    std::map<Ticket, QByteArray> m_flowOf;
    int m_inFlight = 0;
    int m_waiting = 0;
    quint64 m_turn = 0;
};

} // namespace sallyport
