// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

class DeferredTaskQueue;

/// A task to run once the calls under way have returned; cheap enough for every
/// request. In at most one queue at a time, and taken out by its destruction.
class DeferredTask {
public:
    DeferredTask() = default;
    DeferredTask(const DeferredTask&) = delete;
    DeferredTask& operator=(const DeferredTask&) = delete;
    virtual ~DeferredTask();

protected:
    /// Called once for each time that it was queued, from the event loop.
    virtual void runDeferred() = 0;

private:
    friend class DeferredTaskQueue;
    DeferredTaskQueue* m_queue = nullptr;
    std::size_t m_place = 0;
};

/// What is to be done in the next turn of one thread's event loop. By default a queued call wakes
/// the loop; a reactor that has cheaper means sets its own waker and calls run() itself.
class DeferredTaskQueue {
public:
    DeferredTaskQueue() = default;
    ~DeferredTaskQueue();
    DeferredTaskQueue(const DeferredTaskQueue&) = delete;
    DeferredTaskQueue& operator=(const DeferredTaskQueue&) = delete;

    /// Queues `task`, which must stay until it was run, removed or destroyed. No effect when it
    /// waits already.
    void add(DeferredTask& task);
    void remove(DeferredTask& task);
    /// Runs what waits now, in order; what is added meanwhile waits for the next run.
    void run();
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// Called when the first task is queued; must bring about a call of run().
    void setWaker(std::function<void()> waker) { m_waker = std::move(waker); }

private:
    void wake();

    std::vector<DeferredTask*> m_waiting; ///< removed ones are null
    std::vector<DeferredTask*> m_running;
    std::size_t m_count = 0; ///< of those in m_waiting that are not null
    bool m_isRunning = false;
    std::function<void()> m_waker;
    std::unique_ptr<QObject> m_context;
};

} // namespace sallyport
