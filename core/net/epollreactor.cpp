// SPDX-License-Identifier: MIT
#include "core/net/epolldialler.h"
#include "core/net/epollstream.h"
#include "core/net/happyeyeballs.h"
#include "core/net/qtdialler.h"
#include "core/net/reactor.h"

namespace sallyport {

namespace {

class EpollReactor final : public StreamReactor {
public:
    explicit EpollReactor(DeadlineQueue& deadlines)
        : m_deadlines(deadlines)
        , m_loop(deferredTasks())
        , m_plain(m_loop, deadlines)
        , m_tls(deadlines) {}

    StreamPtr adopt(qintptr descriptor) override {
        return EpollStream::adopt(m_loop, m_deadlines, static_cast<int>(descriptor));
    }
    std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                              ConnectObserver& observer) override {
        Dialler& dialler = target.tls ? static_cast<Dialler&>(m_tls) : m_plain;
        return std::make_unique<HappyEyeballs>(
            std::move(target),
            HappyEyeballs::Context{dialler, deferredTasks(), m_deadlines, m_lookups}, observer);
    }

private:
    DeadlineQueue& m_deadlines;
    HostLookups m_lookups;
    EpollLoop m_loop;
    EpollDialler m_plain;
    QtDialler m_tls;
};

} // namespace

std::unique_ptr<StreamReactor> makeStreamReactor(DeadlineQueue& deadlines) {
    return std::make_unique<EpollReactor>(deadlines);
}

} // namespace sallyport
