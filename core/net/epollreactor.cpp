// SPDX-License-Identifier: MIT
#include "core/net/epollreactor.h"

#include "core/net/epollstream.h"
#include "core/net/happyeyeballs.h"

namespace sallyport {

EpollReactor::EpollReactor(DeadlineQueue& deadlines)
    : m_deadlines(deadlines)
    , m_loop(deferredTasks())
    , m_dialler(m_loop, deadlines) {}

StreamPtr EpollReactor::adopt(qintptr descriptor) {
    return EpollStream::adopt(m_loop, m_deadlines, static_cast<int>(descriptor));
}

std::unique_ptr<ConnectAttempt> EpollReactor::connectTo(ConnectTarget target,
                                                        ConnectObserver& observer) {
    return std::make_unique<HappyEyeballs>(
        std::move(target),
        HappyEyeballs::Context{m_dialler, deferredTasks(), m_deadlines, m_lookups}, observer);
}

} // namespace sallyport
