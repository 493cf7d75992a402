// SPDX-License-Identifier: MIT
#include "core/net/listener.h"

#include "core/net/portowner.h"
#include "core/net/reactor.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTimer>

#include <chrono>

namespace sallyport {

namespace {

constexpr int kBacklog = 1024;
/// Until accept() is tried again when the process has run out of descriptors.
constexpr std::chrono::milliseconds kAcceptPause{100};

QString textOf(const QHostAddress& address, quint16 port) {
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString host = isV6 ? QString(u'[' + address.toString() + u']') : address.toString();
    return QStringLiteral("%1:%2").arg(host).arg(port);
}

QString takenText(const QString& where, quint16 port) {
    const auto owner = findPortOwner(port);
    if (!owner)
        return QCoreApplication::translate("Listener", "%1 is taken by another process").arg(where);
    return QCoreApplication::translate("Listener", "%1 is taken by %2 (process %3)")
        .arg(where, owner->name)
        .arg(owner->pid);
}

} // namespace

class Listener::Server final : public QTcpServer {
public:
    Server(StreamReactor& reactor, std::function<void(StreamPtr)> accepted)
        : m_reactor(reactor)
        , m_accepted(std::move(accepted)) {
        setProxy(QNetworkProxy::NoProxy);
        setListenBacklogSize(kBacklog);
        m_pause.setSingleShot(true);
        // QTcpServer stops accepting at an error; without a pause it would spin on EMFILE.
        connect(this, &QTcpServer::acceptError, this, [this] { m_pause.start(kAcceptPause); });
        connect(&m_pause, &QTimer::timeout, this, [this] { resumeUnlessPaused(); });
    }

    bool open(const QHostAddress& address, quint16 port) {
        if (!listen(address, port)) return false;
        if (m_isPaused) pauseAccepting();
        return true;
    }
    void setPaused(bool paused) {
        m_isPaused = paused;
        if (!isListening()) return;
        if (paused)
            pauseAccepting();
        else
            resumeUnlessPaused();
    }

protected:
    void incomingConnection(qintptr descriptor) override {
        m_accepted(m_reactor.adopt(descriptor));
    }

private:
    void resumeUnlessPaused() {
        if (!m_isPaused && !m_pause.isActive() && isListening()) resumeAccepting();
    }

    StreamReactor& m_reactor;
    std::function<void(StreamPtr)> m_accepted;
    QTimer m_pause;
    bool m_isPaused = false;
};

Listener::Listener(StreamReactor& reactor, std::function<void(StreamPtr)> accepted, QObject* parent)
    : QObject(parent)
    , m_server(std::make_unique<Server>(reactor, std::move(accepted))) {}

Listener::~Listener() = default;

Result<Endpoint, ListenError> Listener::listen(const QHostAddress& address, quint16 port) {
    if (m_server->open(address, port))
        return Endpoint{m_server->serverAddress(), m_server->serverPort()};
    const QString where = textOf(address, port);
    if (m_server->serverError() == QAbstractSocket::AddressInUseError)
        return Failure{ListenError{true, takenText(where, port)}};
    return Failure{
        ListenError{false, QCoreApplication::translate("Listener", "cannot listen on %1: %2")
                               .arg(where, m_server->errorString())}};
}

void Listener::close() { m_server->close(); }

void Listener::setPaused(bool paused) { m_server->setPaused(paused); }

bool Listener::isListening() const { return m_server->isListening(); }

} // namespace sallyport
