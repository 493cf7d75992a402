// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/hostlookups.h"
#include "core/net/qtdialler.h"
#include "core/net/streamreactor.h"

namespace sallyport {

/// TCP on QTcpSocket, on every system.
class QtReactor final : public StreamReactor {
public:
    explicit QtReactor(DeadlineQueue& deadlines);
    [[nodiscard]] StreamPtr adopt(qintptr descriptor) override;
    void networkChanged() override { m_lookups.networkChanged(); }
    [[nodiscard]] std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                            ConnectObserver& observer) override;

private:
    DeadlineQueue& m_deadlines;
    HostLookups m_lookups;
    QtDialler m_dialler;
};

} // namespace sallyport
