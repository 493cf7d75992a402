// SPDX-License-Identifier: MIT
#pragma once

#include "core/support/clock.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>

namespace sallyport {

class DeadlineQueue;

/// A point in time at which a callback is due. Cheap to postpone: that is an assignment, and the
/// queue checks again when the old time comes.
///
/// Owned by its user; once its queue is destroyed it may only be destroyed too. Lives on the
/// queue's thread.
class Deadline {
public:
    /// `expired` is called once from the queue's event loop for each time that the deadline was
    /// armed and passed; it may arm, disarm or destroy this or any other deadline.
    Deadline(DeadlineQueue& queue, std::function<void()> expired);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    /// Expires `after` from now; replaces what was armed before. Zero or less disarms.
    void arm(std::chrono::milliseconds after);
    void disarm();
    [[nodiscard]] bool isArmed() const { return m_armed; }

private:
    friend class DeadlineQueue;
    DeadlineQueue& m_queue;
    std::function<void()> m_expired;
    Monotonic m_due{};
    std::multimap<Monotonic, Deadline*>::iterator m_place;
    bool m_armed = false;
    bool m_queued = false;
};

/// All deadlines of one thread on one coarse timer, which runs only while one is armed: thousands
/// of connections cost one timer. Never early; late by at most 5 % or 20 ms.
class DeadlineQueue : public QObject {
    Q_OBJECT
public:
    explicit DeadlineQueue(const Clock& clock, QObject* parent = nullptr);
    ~DeadlineQueue() override;

    [[nodiscard]] const Clock& clock() const { return m_clock; }
    /// Runs the callbacks that are due by the clock. Called by the timer, and by tests.
    void expireDue();

private:
    friend class Deadline;
    void enqueue(Deadline& deadline);
    void dequeue(Deadline& deadline);
    void rearmTimer();

    const Clock& m_clock;
    std::multimap<Monotonic, Deadline*> m_order;
    QTimer m_timer;
    Monotonic m_timerDue = Monotonic::max();
};

} // namespace sallyport
