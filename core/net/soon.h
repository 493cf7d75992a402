// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

class SoonQueue;

/// Work that is to be done once the calls under way have returned; cheap enough for every
/// request. In at most one queue at a time, and taken out by its destruction.
class Soon {
public:
    Soon() = default;
    Soon(const Soon&) = delete;
    Soon& operator=(const Soon&) = delete;
    virtual ~Soon();

    [[nodiscard]] bool isWaiting() const { return m_queue != nullptr; }

protected:
    /// Called once for each time that it was queued, from the event loop.
    virtual void runSoon() = 0;

private:
    friend class SoonQueue;
    SoonQueue* m_queue = nullptr;
    std::size_t m_place = 0;
};

/// What is to be done in the next turn of one thread's event loop. By default a queued call wakes
/// the loop; a reactor that has cheaper means sets its own waker and calls run() itself.
class SoonQueue {
public:
    SoonQueue() = default;
    ~SoonQueue();
    SoonQueue(const SoonQueue&) = delete;
    SoonQueue& operator=(const SoonQueue&) = delete;

    /// Queues `work`, which must stay until it was run, removed or destroyed. No effect when it
    /// waits already.
    void add(Soon& work);
    void remove(Soon& work);
    /// Runs what waits now, in order; what is added meanwhile waits for the next run.
    void run();
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// Called when the first work is queued; must bring about a call of run().
    void setWaker(std::function<void()> waker) { m_waker = std::move(waker); }

private:
    void wake();

    std::vector<Soon*> m_waiting; ///< removed ones are null
    std::vector<Soon*> m_running;
    std::size_t m_count = 0; ///< of those in m_waiting that are not null
    bool m_isRunning = false;
    std::function<void()> m_waker;
    std::unique_ptr<QObject> m_context;
};

} // namespace sallyport
