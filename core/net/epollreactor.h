// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/epolldialler.h"
#include "core/net/epollloop.h"
#include "core/net/hostlookups.h"
#include "core/net/streamreactor.h"

namespace sallyport {

/// TCP on raw descriptors behind one epoll descriptor; Linux only.
class EpollReactor final : public StreamReactor {
public:
    explicit EpollReactor(DeadlineQueue& deadlines);
    [[nodiscard]] StreamPtr adopt(qintptr descriptor) override;
    void networkChanged() override { m_lookups.networkChanged(); }
    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override;

private:
    DeadlineQueue& m_deadlines;
    HostLookups m_lookups;
    EpollLoop m_loop;
    EpollDialler m_dialler;
};

} // namespace sallyport
