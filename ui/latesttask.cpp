// SPDX-License-Identifier: MIT
#include "ui/latesttask.h"

#include <utility>

namespace sallyport {

LatestTask::LatestTask(QObject* parent)
    : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

void LatestTask::start(Work work) {
    if (m_isRunning)
        m_next = std::move(work);
    else
        run(work);
}

void LatestTask::cancel() {
    ++m_generation;
    m_next = {};
}

void LatestTask::run(const Work& work) {
    m_isRunning = true;
    // The pool is a member and waits for its thread, so that `this` outlives the work.
    m_pool.start([this, work, generation = m_generation] {
        Delivery delivery = work();
        QMetaObject::invokeMethod(
            this, [this, generation, delivery] { finish(generation, delivery); },
            Qt::QueuedConnection);
    });
}

void LatestTask::finish(quint64 generation, const Delivery& delivery) {
    m_isRunning = false;
    if (generation == m_generation && delivery) delivery();
    if (m_next && !m_isRunning) run(std::exchange(m_next, {}));
}

} // namespace sallyport
