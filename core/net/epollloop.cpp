// SPDX-License-Identifier: MIT
#include "core/net/epollloop.h"

#include <algorithm>
#include <cerrno>
#include <sys/eventfd.h>
#include <unistd.h>

namespace sallyport {

EpollLoop::EpollLoop(DeferredTaskQueue& deferredTasks)
    : m_deferredTasks(deferredTasks)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wakeEvent(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_receiveBuffer(std::make_unique<char[]>(kReceiveBytes)) {
    if (m_epoll < 0 || m_wakeEvent < 0)
        qFatal("no descriptors for the event loop (errno %d)", errno);
    epoll_event event{};
    // Edge-triggered, so that the counter never has to be read back.
    event.events = EPOLLIN | EPOLLET;
    event.data.ptr = nullptr;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeEvent, &event);
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this] { turn(); });
    m_deferredTasks.setWaker([this] { wake(); });
}

EpollLoop::~EpollLoop() {
    m_deferredTasks.setWaker({});
    m_notifier.reset();
    m_kept.clear();
    m_deferredDeletes.clear();
    ::close(m_wakeEvent);
    ::close(m_epoll);
}

bool EpollLoop::watch(int descriptor, std::uint32_t events, EpollSource& source) {
    epoll_event event{};
    event.events = events | EPOLLET;
    event.data.ptr = &source;
    return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void EpollLoop::unwatch(int descriptor) {
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
}

void EpollLoop::deferDelete(std::unique_ptr<EpollSource> source) {
    // Outside a turn nothing of a source is on the stack and no batch names it.
    if (m_isTurning) m_deferredDeletes.push_back(std::move(source));
}

void EpollLoop::keep(std::unique_ptr<EpollSource> source) { m_kept.push_back(std::move(source)); }

void EpollLoop::release(EpollSource& source) {
    const auto at = std::find_if(m_kept.begin(), m_kept.end(),
                                 [&](const auto& kept) { return kept.get() == &source; });
    if (at == m_kept.end()) return;
    std::unique_ptr<EpollSource> freed = std::move(*at);
    *at = std::move(m_kept.back());
    m_kept.pop_back();
    deferDelete(std::move(freed));
}

int EpollLoop::round() {
    const int count = ::epoll_wait(m_epoll, m_events.data(), kBatch, 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = m_events[static_cast<std::size_t>(i)];
        if (event.data.ptr) static_cast<EpollSource*>(event.data.ptr)->handleEvents(event.events);
    }
    m_deferredTasks.run();
    m_deferredDeletes.clear();
    return count;
}

void EpollLoop::turn() {
    if (m_isTurning) return;
    m_isTurning = true;
    for (int i = 0; i < kRounds; ++i) {
        const int count = round();
        if (count < kBatch && m_deferredTasks.isEmpty()) break;
    }
    m_isTurning = false;
    if (!m_deferredTasks.isEmpty()) wake();
}

void EpollLoop::wake() const {
    if (m_isTurning) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeEvent, &one, sizeof one);
}

} // namespace sallyport
