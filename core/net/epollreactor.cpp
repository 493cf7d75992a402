// SPDX-License-Identifier: MIT
#include "core/net/epolldialler.h"
#include "core/net/epollstream.h"
#include "core/net/happyeyeballs.h"
#include "core/net/reactor.h"

namespace sallyport {

namespace {

class EpollReactor final : public StreamReactor {
public:
    explicit EpollReactor(DeadlineQueue& deadlines)
        : m_deadlines(deadlines)
        , m_loop(deferredTasks())
        , m_dialler(m_loop, deadlines) {}

    StreamPtr adopt(qintptr descriptor) override {
        return EpollStream::adopt(m_loop, m_deadlines, static_cast<int>(descriptor));
    }
    std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                              ConnectObserver& observer) override {
        return std::make_unique<HappyEyeballs>(
            std::move(target),
            HappyEyeballs::Context{m_dialler, deferredTasks(), m_deadlines, m_lookups}, observer);
    }

private:
    DeadlineQueue& m_deadlines;
    HostLookups m_lookups;
    EpollLoop m_loop;
    EpollDialler m_dialler;
};

} // namespace

std::unique_ptr<StreamReactor> makeStreamReactor(DeadlineQueue& deadlines) {
    return std::make_unique<EpollReactor>(deadlines);
}

} // namespace sallyport
