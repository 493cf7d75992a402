// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/dial.h"

#include <memory>

namespace sallyport {

class DeadlineQueue;

/// Dials by QTcpSocket.
class QtDialler final : public Dialler {
public:
    /// `deadlines` must outlive the dialler and its streams.
    explicit QtDialler(DeadlineQueue& deadlines)
        : m_deadlines(deadlines) {}
    [[nodiscard]] std::unique_ptr<Dial> dial(const Endpoint& to, Dial::Observer& observer) override;

private:
    DeadlineQueue& m_deadlines;
};

} // namespace sallyport
