// SPDX-License-Identifier: MIT
#include "core/net/happyeyeballs.h"
#include "core/net/qtdialler.h"
#include "core/net/qtstream.h"
#include "core/net/reactor.h"

#include <QTcpSocket>

namespace sallyport {

namespace {

class QtReactor final : public StreamReactor {
public:
    explicit QtReactor(DeadlineQueue& deadlines)
        : m_deadlines(deadlines)
        , m_dialler(deadlines) {}

    StreamPtr adopt(qintptr descriptor) override {
        Deferred<QTcpSocket> socket(new QTcpSocket);
        socket->setSocketDescriptor(descriptor);
        return QtStream::adopt(std::move(socket), m_deadlines);
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
    QtDialler m_dialler;
};

} // namespace

std::unique_ptr<StreamReactor> makeQtStreamReactor(DeadlineQueue& deadlines) {
    return std::make_unique<QtReactor>(deadlines);
}

#ifndef Q_OS_LINUX
std::unique_ptr<StreamReactor> makeStreamReactor(DeadlineQueue& deadlines) {
    return makeQtStreamReactor(deadlines);
}
#endif

} // namespace sallyport
