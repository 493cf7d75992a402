// SPDX-License-Identifier: MIT
#include "core/support/deadline.h"

#include <algorithm>

namespace sallyport {

Deadline::Deadline(DeadlineQueue& queue, std::function<void()> expired)
    : m_queue(queue)
    , m_expired(std::move(expired)) {}

Deadline::~Deadline() {
    // A queue that is gone has let go of all of its deadlines.
    if (m_queued) m_queue.dequeue(*this);
}

void Deadline::arm(std::chrono::milliseconds after) {
    if (after <= std::chrono::milliseconds::zero()) {
        disarm();
        return;
    }
    m_due = m_queue.clock().now() + after;
    m_armed = true;
    // A later moment is noticed when the queued one comes; only an earlier one has to be re-queued.
    if (m_queued && m_place->first <= m_due) return;
    m_queue.dequeue(*this);
    m_queue.enqueue(*this);
}

void Deadline::disarm() { m_armed = false; }

DeadlineQueue::DeadlineQueue(const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_timerDue = Monotonic::max();
        expireDue();
    });
}

DeadlineQueue::~DeadlineQueue() {
    for (auto& [due, deadline] : m_order)
        deadline->m_queued = false;
}

void DeadlineQueue::enqueue(Deadline& deadline) {
    deadline.m_place = m_order.emplace(deadline.m_due, &deadline);
    deadline.m_queued = true;
    rearmTimer();
}

void DeadlineQueue::dequeue(Deadline& deadline) {
    if (!deadline.m_queued) return;
    m_order.erase(deadline.m_place);
    deadline.m_queued = false;
}

void DeadlineQueue::expireDue() {
    const Monotonic now = m_clock.now();
    // Called before the timer has fired: its time is over by a clock that went on while the machine
    // was suspended, by which the timer does not go.
    if (m_timerDue <= now) m_timerDue = Monotonic::max();
    while (!m_order.empty() && m_order.begin()->first <= now) {
        Deadline& deadline = *m_order.begin()->second;
        dequeue(deadline);
        if (!deadline.m_armed) continue;
        if (deadline.m_due > now) {
            enqueue(deadline);
            continue;
        }
        deadline.m_armed = false;
        // The call may destroy the deadline and with it the function: run a copy.
        const auto expired = deadline.m_expired;
        expired();
    }
    rearmTimer();
}

void DeadlineQueue::rearmTimer() {
    if (m_order.empty()) return;
    const Monotonic first = m_order.begin()->first;
    if (first >= m_timerDue) return;
    using std::chrono::milliseconds;
    const auto wait = std::chrono::ceil<milliseconds>(first - m_clock.now());
    m_timer.start(std::max(wait, milliseconds(1)));
    m_timerDue = first;
}

} // namespace sallyport
