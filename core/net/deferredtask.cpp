// SPDX-License-Identifier: MIT
#include "core/net/deferredtask.h"

#include <QMetaObject>

namespace sallyport {

DeferredTask::~DeferredTask() {
    if (m_queue) m_queue->remove(*this);
}

DeferredTaskQueue::~DeferredTaskQueue() {
    for (DeferredTask* work : m_waiting)
        if (work) work->m_queue = nullptr;
    for (DeferredTask* work : m_running)
        if (work) work->m_queue = nullptr;
}

void DeferredTaskQueue::add(DeferredTask& work) {
    if (work.m_queue) return;
    work.m_queue = this;
    work.m_place = m_waiting.size();
    m_waiting.push_back(&work);
    if (m_count++ == 0 && !m_isRunning) wake();
}

void DeferredTaskQueue::remove(DeferredTask& work) {
    if (work.m_queue != this) return;
    work.m_queue = nullptr;
    const std::size_t place = work.m_place;
    if (place < m_waiting.size() && m_waiting[place] == &work) {
        m_waiting[place] = nullptr;
        --m_count;
        return;
    }
    Q_ASSERT(place < m_running.size() && m_running[place] == &work);
    m_running[place] = nullptr;
}

void DeferredTaskQueue::run() {
    if (m_isRunning) return;
    m_isRunning = true;
    m_running.swap(m_waiting);
    m_count = 0;
    // By index and through the member: work that is destroyed meanwhile clears its place.
    for (std::size_t i = 0; i < m_running.size(); ++i) {
        DeferredTask* work = m_running[i];
        if (!work) continue;
        m_running[i] = nullptr;
        work->m_queue = nullptr;
        work->runDeferred();
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
