// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/route/placequeue.h"
#include "core/support/deadline.h"

#include <map>
#include <memory>

namespace sallyport {

/// Waits for a place in flight; exactly one of the two is called, in a later turn of the event
/// loop.
class PlaceWaiter {
public:
    virtual ~PlaceWaiter() = default;
    virtual void placeGranted() = 0;
    /// It waited as long as it may, or gave way to others in a full queue.
    virtual void placeRefused() = 0;
};

/// The places in flight of one route or client: PlaceQueue with its time-outs.
class InFlightPlaces : public std::enable_shared_from_this<InFlightPlaces> {
public:
    /// A place, or the wait for one. Its destruction gives it up.
    class Place final : private DeferredTask {
    public:
        Place(std::shared_ptr<InFlightPlaces> places, PlaceWaiter& waiter);
        ~Place() override;
        [[nodiscard]] bool isGranted() const { return m_isGranted; }

    private:
        friend class InFlightPlaces;
        void runDeferred() override;
        std::shared_ptr<InFlightPlaces> m_places;
        PlaceWaiter& m_waiter;
        PlaceQueue::Ticket m_ticket;
        Deadline m_deadline;
        bool m_isGranted = false;
    };

    InFlightPlaces(DeferredTaskQueue& tasks, DeadlineQueue& deadlines, InFlightLimit limit)
        : m_tasks(tasks)
        , m_deadlines(deadlines)
        , m_queue(limit) {}

    /// A place that is granted, or waits; null: the queue is full. Requests of one `flow` share a
    /// turn. The waiter outlives the place.
    [[nodiscard]] std::unique_ptr<Place> ask(const QByteArray& flow, PlaceWaiter& waiter);
    void setLimit(InFlightLimit limit);
    [[nodiscard]] const InFlightLimit& limit() const { return m_queue.limit(); }

private:
    void grant(const std::vector<PlaceQueue::Ticket>& tickets);
    void leave(PlaceQueue::Ticket ticket);

    DeferredTaskQueue& m_tasks;
    DeadlineQueue& m_deadlines;
    PlaceQueue m_queue;
    std::map<PlaceQueue::Ticket, Place*> m_places;
    PlaceQueue::Ticket m_latest = 0;
};

} // namespace sallyport
