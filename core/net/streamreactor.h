// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"

#include <memory>

namespace sallyport {

class DeadlineQueue;

/// Where streams live: the one source of connections of a thread.
///
/// On Linux TCP runs on raw descriptors behind one edge-triggered epoll descriptor with ONE
/// QSocketNotifier in the Qt loop (docs/adr/0003: cost stays flat with thousands of idle
/// connections, and half-close works, which QTcpSocket cannot do); elsewhere on QTcpSocket. TLS is
/// put on top by core/tls. Streams, attempts and tasks in deferredTasks() must be gone before it.
/// Its end cuts the lingering closes of streams on epoll; those on QTcpSocket end with `deadlines`.
class StreamReactor : public Connector {
public:
    ~StreamReactor() override = default;
    /// Takes ownership of a connected, non-blocking-capable socket.
    [[nodiscard]] virtual StreamPtr adopt(qintptr descriptor) = 0;
    /// Names are asked for anew: HostLookups::networkChanged().
    virtual void networkChanged() = 0;
};

/// The best reactor for this system. `deadlines` must outlive it.
[[nodiscard]] std::unique_ptr<StreamReactor> makeStreamReactor(DeadlineQueue& deadlines);
/// The portable one on QTcpSocket, everywhere; for tests and for systems without epoll.
[[nodiscard]] std::unique_ptr<StreamReactor> makeQtStreamReactor(DeadlineQueue& deadlines);

} // namespace sallyport
