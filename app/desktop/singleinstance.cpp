// SPDX-License-Identifier: MIT
#include "app/desktop/singleinstance.h"

#include <chrono>

namespace sallyport {

namespace {
using namespace std::chrono_literals;
constexpr auto kPatience = 3s;
constexpr auto kQuestion = "show\n";
constexpr auto kResponse = "ok\n";
} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_socketPath(folder + QLatin1String("/sallyport-desktop.sock"))
    , m_lock(folder + QLatin1String("/sallyport-desktop.lock")) {
    // Only a dead owner makes a lock stale, never its age.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::greet);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] { emit askedFirst(false); });
    connect(&m_first, &QLocalSocket::connected, this, [this] { m_first.write(kQuestion); });
    connect(&m_first, &QLocalSocket::readyRead, this, [this] {
        m_patience.stop();
        emit askedFirst(m_first.readAll().startsWith(kResponse));
    });
    connect(&m_first, &QLocalSocket::errorOccurred, this, [this] {
        if (!m_patience.isActive()) return;
        m_patience.stop();
        emit askedFirst(false);
    });
}

bool SingleInstance::claim() {
    if (!m_lock.tryLock(0)) return false;
    // The lock is ours, so a socket that lies there belongs to nobody.
    QLocalServer::removeServer(m_socketPath);
    return m_server.listen(m_socketPath);
}

void SingleInstance::askFirst() {
    m_patience.start();
    m_first.connectToServer(m_socketPath);
}

void SingleInstance::greet() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { response(*socket); });
    }
}

void SingleInstance::response(QLocalSocket& socket) {
    if (!socket.canReadLine()) return;
    if (socket.readLine() != kQuestion) {
        socket.disconnectFromServer();
        return;
    }
    socket.write(kResponse);
    socket.disconnectFromServer();
    emit showWanted();
}

} // namespace sallyport
