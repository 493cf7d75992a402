// SPDX-License-Identifier: MIT
#include "core/net/deferredtask.h"

#include <QMetaObject>

namespace sallyport {

DeferredTask::~DeferredTask() {
    if (m_queue) m_queue->remove(*this);
}

DeferredTaskQueue::~DeferredTaskQueue() {
    for (DeferredTask* task : m_waiting)
        if (task) task->m_queue = nullptr;
    for (DeferredTask* task : m_running)
        if (task) task->m_queue = nullptr;
}

void DeferredTaskQueue::add(DeferredTask& task) {
    if (task.m_queue) return;
    task.m_queue = this;
    task.m_place = m_waiting.size();
    m_waiting.push_back(&task);
    if (m_count++ == 0 && !m_isRunning) wake();
}

void DeferredTaskQueue::remove(DeferredTask& task) {
    if (task.m_queue != this) return;
    task.m_queue = nullptr;
    const std::size_t place = task.m_place;
    if (place < m_waiting.size() && m_waiting[place] == &task) {
        m_waiting[place] = nullptr;
        --m_count;
        return;
    }
    Q_ASSERT(place < m_running.size() && m_running[place] == &task);
    m_running[place] = nullptr;
}

void DeferredTaskQueue::run() {
    if (m_isRunning) return;
    m_isRunning = true;
    m_running.swap(m_waiting);
    m_count = 0;
    // By index and through the member: a task that is destroyed meanwhile clears its place.
    for (std::size_t i = 0; i < m_running.size(); ++i) {
        DeferredTask* task = m_running[i];
        if (!task) continue;
        m_running[i] = nullptr;
        task->m_queue = nullptr;
        task->runDeferred();
    }
    m_running.clear();
    m_isRunning = false;
    if (m_count > 0) wake();
}

void DeferredTaskQueue::wake() {
    if (m_waker) {
        m_waker();
        return;
    }
    if (!m_context) m_context = std::make_unique<QObject>();
    QMetaObject::invokeMethod(
        m_context.get(), [this] { run(); }, Qt::QueuedConnection);
}

} // namespace sallyport
