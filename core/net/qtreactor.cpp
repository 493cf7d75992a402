// SPDX-License-Identifier: MIT
#include "core/net/qtreactor.h"

#include "core/net/happyeyeballs.h"
#include "core/net/qtstream.h"

#include <QTcpSocket>

namespace sallyport {

QtReactor::QtReactor(DeadlineQueue& deadlines)
    : m_deadlines(deadlines)
    , m_dialler(deadlines) {}

StreamPtr QtReactor::adopt(qintptr descriptor) {
    Deferred<QTcpSocket> socket(new QTcpSocket);
    socket->setSocketDescriptor(descriptor);
    return QtStream::adopt(std::move(socket), m_deadlines);
}

std::unique_ptr<ConnectAttempt> QtReactor::connectTo(ConnectTarget target,
                                                     ConnectObserver& observer) {
    return std::make_unique<HappyEyeballs>(
        std::move(target),
        HappyEyeballs::Context{m_dialler, deferredTasks(), m_deadlines, m_lookups}, observer);
}

} // namespace sallyport
