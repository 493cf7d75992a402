// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"
#include "core/net/epollloop.h"

namespace sallyport {

class DeadlineQueue;

/// Dials by a non-blocking connect() in an EpollLoop.
class EpollDialler final : public Dialler {
public:
    /// Both must outlive the dialler and its streams.
    EpollDialler(EpollLoop& loop, DeadlineQueue& deadlines)
        : m_loop(loop)
        , m_deadlines(deadlines) {}
    [[nodiscard]] std::unique_ptr<Dial> dial(const Endpoint& to, Dial::Observer& observer) override;

private:
    EpollLoop& m_loop;
    DeadlineQueue& m_deadlines;
};

} // namespace sallyport
