// SPDX-License-Identifier: MIT
#include "app/desktop/singleinstance.h"

#include <chrono>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kTimeout = 3s;
constexpr QByteArrayView kShow = "show";
constexpr auto kShown = "ok\n";
} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_socketPath(folder + QLatin1String("/sallyport-desktop.sock"))
    , m_lock(folder + QLatin1String("/sallyport-desktop.lock")) {
    // Only a dead owner makes a lock stale, never its age.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::acceptConnections);
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(kTimeout);
    connect(&m_timeout, &QTimer::timeout, this, [this] { emit askedFirst(false); });
    connect(&m_first, &QLocalSocket::connected, this, [this] {
        m_first.write(kShow + QByteArray(" ") + qgetenv("XDG_ACTIVATION_TOKEN") + '\n');
    });
    connect(&m_first, &QLocalSocket::readyRead, this, [this] {
        m_timeout.stop();
        emit askedFirst(m_first.readAll().startsWith(kShown));
    });
    connect(&m_first, &QLocalSocket::errorOccurred, this, [this] {
        if (!m_timeout.isActive()) return;
        m_timeout.stop();
        emit askedFirst(false);
    });
}

bool SingleInstance::claim() {
    if (!m_lock.tryLock(0)) return false;
    // With the lock held, a socket file there is one that a crash has left.
    QLocalServer::removeServer(m_socketPath);
    return m_server.listen(m_socketPath);
}

void SingleInstance::askFirst() {
    m_timeout.start();
    m_first.connectToServer(m_socketPath);
}

void SingleInstance::acceptConnections() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { handleQuery(*socket); });
    }
}

void SingleInstance::handleQuery(QLocalSocket& socket) {
    if (!socket.canReadLine()) return;
    const QByteArray line = socket.readLine().trimmed();
    if (!line.startsWith(kShow)) {
        socket.disconnectFromServer();
        return;
    }
    socket.write(kShown);
    socket.disconnectFromServer();
    emit showRequested(line.sliced(kShow.size()).trimmed());
}

} // namespace sallyport
