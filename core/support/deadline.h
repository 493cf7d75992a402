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

/// One moment after which something is late. Cheap to move: pushing an armed deadline further
/// away is an assignment, the queue looks again when the old moment comes.
///
/// Owned by whoever waits; once its queue is gone it may only be destroyed. Lives on the queue's
/// thread.
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

/// All deadlines of one thread behind one coarse timer: nothing ticks while nothing is armed, and
/// thousands of connections cost one timer. Accuracy: never early, late by at most 5 % or 20 ms.
class DeadlineQueue : public QObject {
    Q_OBJECT
public:
    explicit DeadlineQueue(const Clock& clock, QObject* parent = nullptr);
    ~DeadlineQueue() override;

    [[nodiscard]] const Clock& clock() const { return m_clock; }
    /// Lets expire what is due by the clock; called by the timer, and by tests that hold the clock.
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
