// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/deferredtask.h"
#include "core/net/lingeringlimit.h"

#include <QSocketNotifier>

#include <array>
#include <cstdint>
#include <memory>
#include <sys/epoll.h>
#include <vector>

namespace sallyport {

/// A descriptor in the loop. Waits in the loop's DeferredTaskQueue when it wants a turn without an
/// event.
class EpollSource : public DeferredTask {
public:
    /// Edge-triggered: what is not used up now is not told again.
    virtual void handleEvents(std::uint32_t events) = 0;
};

/// One epoll descriptor behind one notifier in the Qt event loop. Its cost does not depend on how
/// many descriptors are idle, which poll() in Qt's own dispatchers does.
class EpollLoop {
public:
    /// Room for what one recv() may bring; one for all streams, valid inside one call.
    static constexpr std::size_t kReceiveBytes = 32 * 1024;

    /// `deferredTasks` must outlive the loop, which runs it.
    explicit EpollLoop(DeferredTaskQueue& deferredTasks);
    /// Every source but those in deferDelete() or keep() must be gone.
    ~EpollLoop();
    EpollLoop(const EpollLoop&) = delete;
    EpollLoop& operator=(const EpollLoop&) = delete;

    /// False when the kernel refuses (memory, limit of watches).
    [[nodiscard]] bool watch(int descriptor, std::uint32_t events, EpollSource& source);
    /// Before the descriptor is closed: a duplicate in a forked child would keep the registration.
    void unwatch(int descriptor);
    void schedule(EpollSource& source) { m_deferredTasks.add(source); }
    void unschedule(EpollSource& source) { m_deferredTasks.remove(source); }
    /// Frees a source that may still stand in the batch under way, or on the stack.
    void deferDelete(std::unique_ptr<EpollSource> source);
    /// Keeps a source that has no owner any more until release().
    void keep(std::unique_ptr<EpollSource> source);
    void release(EpollSource& source);
    [[nodiscard]] LingeringLimit& lingering() { return m_lingering; }
    [[nodiscard]] char* receiveBuffer() { return m_receiveBuffer.get(); }

private:
    static constexpr int kBatch = 256;
    /// Rounds before other work of the Qt loop gets its turn.
    static constexpr int kRounds = 4;

    void turn();
    int round();
    void wake() const;

    DeferredTaskQueue& m_deferredTasks;
    int m_epoll = -1;
    int m_wakeEvent = -1;
    bool m_isTurning = false;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::array<epoll_event, kBatch> m_events{};
    std::vector<std::unique_ptr<EpollSource>> m_deferredDeletes;
    std::vector<std::unique_ptr<EpollSource>> m_kept;
    LingeringLimit m_lingering; ///< of m_kept
    std::unique_ptr<char[]> m_receiveBuffer;
};

} // namespace sallyport
