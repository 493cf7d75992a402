// SPDX-License-Identifier: MIT
#include "core/net/qtdialler.h"

#include "core/net/qtstream.h"
#include "core/net/streamerror.h"

#include <QNetworkProxy>

#include <utility>

namespace sallyport {

namespace {

class QtDial final : public Dial {
public:
    QtDial(DeadlineQueue& deadlines, const Endpoint& to, Observer& observer)
        : m_deadlines(deadlines)
        , m_observer(observer) {
        start(to);
    }
    void proceed() override {
        m_socket->disconnect();
        m_observer.dialReady(QtStream::adopt(std::move(m_socket), m_deadlines));
    }

private:
    void start(const Endpoint& to);

    DeadlineQueue& m_deadlines;
    Observer& m_observer;
    Deferred<QTcpSocket> m_socket{new QTcpSocket};
};

void QtDial::start(const Endpoint& to) {
    QTcpSocket* const socket = m_socket.get();
    socket->setProxy(QNetworkProxy::NoProxy);
    QObject::connect(socket, &QTcpSocket::connected, socket,
                     [this] { m_observer.dialConnected(*this); });
    QObject::connect(socket, &QTcpSocket::errorOccurred, socket,
                     [this, socket](QAbstractSocket::SocketError error) {
                         m_observer.dialFailed(*this, streamErrorFromSocket(*socket, error));
                     });
    // Queued, since connecting may fail at once. The call knows only the socket: it may come after
    // the dial was let go.
    QMetaObject::invokeMethod(
        socket, [socket, to] { socket->connectToHost(to.address, to.port); }, Qt::QueuedConnection);
}

} // namespace

std::unique_ptr<Dial> QtDialler::dial(const Endpoint& to, Dial::Observer& observer) {
    return std::make_unique<QtDial>(m_deadlines, to, observer);
}

} // namespace sallyport
