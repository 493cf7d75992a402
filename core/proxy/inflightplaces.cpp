// SPDX-License-Identifier: MIT
#include "core/proxy/inflightplaces.h"

namespace sallyport {

InFlightPlaces::Place::Place(std::shared_ptr<InFlightPlaces> places, PlaceWaiter& waiter)
    : m_places(std::move(places))
    , m_waiter(waiter)
    , m_ticket(++m_places->m_latest)
    , m_deadline(m_places->m_deadlines, [this] { m_waiter.placeRefused(); }) {
    m_places->m_places.emplace(m_ticket, this);
}

InFlightPlaces::Place::~Place() { m_places->leave(m_ticket); }

/// A wait that ended; a place that was there at once is not told of.
void InFlightPlaces::Place::runDeferred() {
    if (m_isGranted)
        m_waiter.placeGranted();
    else
        m_waiter.placeRefused();
}

std::unique_ptr<InFlightPlaces::Place> InFlightPlaces::ask(const QByteArray& flow,
                                                           PlaceWaiter& waiter) {
    auto place = std::make_unique<Place>(shared_from_this(), waiter);
    const PlaceQueue::Asked asked = m_queue.ask(place->m_ticket, flow);
    if (asked.displaced) {
        Place& displaced = *m_places.at(*asked.displaced);
        displaced.m_deadline.disarm();
        m_tasks.add(displaced);
    }
    switch (asked.answer) {
    case PlaceQueue::Answer::Granted: place->m_isGranted = true; break;
    case PlaceQueue::Answer::Waits: place->m_deadline.arm(m_queue.limit().wait); break;
    case PlaceQueue::Answer::Full: return nullptr;
    }
    return place;
}

void InFlightPlaces::setLimit(InFlightLimit limit) {
    if (limit != m_queue.limit()) grant(m_queue.setLimit(limit));
}

/// In a turn of their own: this is called from the end of another exchange.
void InFlightPlaces::grant(const std::vector<PlaceQueue::Ticket>& tickets) {
    for (const PlaceQueue::Ticket ticket : tickets) {
        Place& place = *m_places.at(ticket);
        place.m_isGranted = true;
        place.m_deadline.disarm();
        m_tasks.add(place);
    }
}

void InFlightPlaces::leave(PlaceQueue::Ticket ticket) {
    m_places.erase(ticket);
    grant(m_queue.leave(ticket));
}

} // namespace sallyport
