// SPDX-License-Identifier: MIT
#include "core/net/listener.h"

#include "core/net/portowner.h"
#include "core/net/streamreactor.h"
#include "core/support/hostport.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

#include <chrono>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <sys/socket.h>
#endif

namespace sallyport {

namespace {

constexpr int kBacklog = 1024;
/// Until accept() is tried again when the process has run out of descriptors.
constexpr std::chrono::milliseconds kAcceptPause{100};
/// Connections that are accepted before other work of the loop gets its turn.
constexpr int kBatch = 64;

QString takenText(const QHostAddress& address, quint16 port) {
    const QString where = hostPort(address.toString(), port);
    const auto owner = findPortOwner(address, port);
    if (!owner)
        return QCoreApplication::translate("Listener", "%1 is taken by another process").arg(where);
    return QCoreApplication::translate("Listener", "%1 is taken by %2 (process %3)")
        .arg(where, owner->name)
        .arg(owner->pid);
}

} // namespace

/// Listens with QTcpServer; on Linux accepts by itself. QTcpServer goes on after a pause in the
/// middle of a batch, and where the batch before ended as every batch does, with nothing left to
/// accept, it takes a lack of descriptors for that as well (a socket engine keeps its first error)
/// and spins, since the connections still wait.
class Listener::Server final : public QTcpServer {
public:
    Server(StreamReactor& reactor, std::function<void(StreamPtr)> accepted)
        : m_reactor(reactor)
        , m_accepted(std::move(accepted)) {
        setProxy(QNetworkProxy::NoProxy);
        setListenBacklogSize(kBacklog);
        m_retry.setSingleShot(true);
        connect(this, &QTcpServer::acceptError, this, [this] { retryLater(); });
        connect(&m_retry, &QTimer::timeout, this, [this] { update(); });
    }

    bool open(const QHostAddress& address, quint16 port) {
        if (!listen(address, port)) return false;
#ifdef Q_OS_LINUX
        pauseAccepting();
        m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { acceptBatch(); });
#endif
        update();
        return true;
    }
    void closeAll() {
        if (m_notifier) {
            m_notifier->setEnabled(false);
            m_notifier.release()->deleteLater(); // it may be what has called us
        }
        m_retry.stop();
        close();
    }
    void setPaused(bool paused) {
        m_isPaused = paused;
        update();
    }

protected:
    void incomingConnection(qintptr descriptor) override {
        m_accepted(m_reactor.adopt(descriptor));
    }

private:
    /// Accepts, or does not, as it should be now.
    void update() {
        if (!isListening()) return;
        const bool accepts = !m_isPaused && !m_retry.isActive();
        if (m_notifier)
            m_notifier->setEnabled(accepts);
        else if (accepts)
            resumeAccepting();
        else
            pauseAccepting();
    }
    /// What keeps it from accepting gives no sign when it is over.
    void retryLater() {
        m_retry.start(kAcceptPause);
        update();
    }
#ifdef Q_OS_LINUX
    void acceptBatch() {
        for (int i = 0; i < kBatch && m_notifier && m_notifier->isEnabled(); ++i) {
            const int descriptor = ::accept4(static_cast<int>(socketDescriptor()), nullptr, nullptr,
                                             SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (descriptor >= 0) {
                m_accepted(m_reactor.adopt(descriptor));
                continue;
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK) return;
            // The client has closed meanwhile.
            if (errno == ECONNABORTED || errno == EPROTO || errno == EINTR) continue;
            retryLater();
            return;
        }
    }
#endif

    StreamReactor& m_reactor;
    std::function<void(StreamPtr)> m_accepted;
    std::unique_ptr<QSocketNotifier> m_notifier; ///< null where QTcpServer accepts
    QTimer m_retry;
    bool m_isPaused = false;
};

Listener::Listener(StreamReactor& reactor, std::function<void(StreamPtr)> accepted, QObject* parent)
    : QObject(parent)
    , m_server(std::make_unique<Server>(reactor, std::move(accepted))) {}

Listener::~Listener() = default;

Result<Endpoint, ListenError> Listener::listen(const QHostAddress& address, quint16 port) {
    if (m_server->open(address, port))
        return Endpoint{m_server->serverAddress(), m_server->serverPort()};
    const QString where = hostPort(address.toString(), port);
    if (m_server->serverError() == QAbstractSocket::AddressInUseError)
        return Failure{ListenError{true, takenText(address, port)}};
    return Failure{
        ListenError{false, QCoreApplication::translate("Listener", "cannot listen on %1: %2")
                               .arg(where, m_server->errorString())}};
}

void Listener::close() { m_server->closeAll(); }

void Listener::setPaused(bool paused) { m_server->setPaused(paused); }

bool Listener::isListening() const { return m_server->isListening(); }

} // namespace sallyport
