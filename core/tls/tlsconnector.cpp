// SPDX-License-Identifier: MIT
#include "core/tls/tlsconnector.h"

#include "core/support/hostport.h"
#include "core/tls/tlshandshake.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

namespace sallyport {

namespace {

/// Whether connections with the one may use what those with the other have learned.
bool isSameTrust(const TlsClientOptions& a, const TlsClientOptions& b) {
    return a.verify == b.verify && a.alpn == b.alpn && a.extraRoots == b.extraRoots &&
           a.certificateChain == b.certificateChain && a.privateKey == b.privateKey;
}

class TlsAttempt final : public ConnectAttempt,
                         private ConnectObserver,
                         private TlsHandshake::Observer,
                         private DeferredTask {
public:
    TlsAttempt(const ConnectTarget& target, TlsSurroundings surroundings, ConnectObserver& observer)
        : m_where(hostPort(QString::fromLatin1(target.host), target.port))
        , m_surroundings(surroundings)
        , m_observer(observer)
        , m_timeout(target.timeout)
        , m_due(surroundings.deadlines.clock().now() + target.timeout)
        , m_deadline(surroundings.deadlines, [this] { timedOut(); }) {}

    void start(Connector& plain, ConnectTarget target, std::unique_ptr<TlsEngine> engine) {
        m_engine = std::move(engine);
        target.tls.reset();
        m_connecting = plain.connectTo(std::move(target), *this);
    }
    void failSoon(const QString& why) {
        m_failure = {StreamFault::TlsFailed, why};
        m_surroundings.deferredTasks.add(*this);
    }

private:
    void connected(StreamPtr stream) override {
        m_connecting.reset();
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            m_due - m_surroundings.deadlines.clock().now());
        m_deadline.arm(std::max(left, std::chrono::milliseconds(1)));
        TlsHandshake::Observer& self = *this;
        m_handshake = std::make_unique<TlsHandshake>(std::move(stream), std::move(m_engine),
                                                     m_surroundings, self);
    }
    void connectFailed(const StreamError& error) override { m_observer.connectFailed(error); }
    void handshakeDone(StreamPtr stream) override {
        m_deadline.disarm();
        m_observer.connected(std::move(stream));
    }
    void handshakeFailed(const TlsHandshakeFailure& failure) override { fail(failure.error); }
    void runDeferred() override { fail(m_failure); }
    void timedOut() {
        m_handshake.reset();
        fail({StreamFault::TimedOut,
              QCoreApplication::translate("TlsFailure", "no TLS handshake within %1 ms")
                  .arg(m_timeout.count())});
    }
    void fail(const StreamError& error) {
        m_deadline.disarm();
        m_observer.connectFailed(
            {error.fault, QStringLiteral("%1: %2").arg(m_where, error.detail)});
    }

    QString m_where;
    TlsSurroundings m_surroundings;
    ConnectObserver& m_observer;
    std::chrono::milliseconds m_timeout;
    Monotonic m_due;
    Deadline m_deadline;
    std::unique_ptr<TlsEngine> m_engine;
    std::unique_ptr<ConnectAttempt> m_connecting;
    std::unique_ptr<TlsHandshake> m_handshake;
    StreamError m_failure;
};

} // namespace

TlsConnector::TlsConnector(Connector& plain, DeadlineQueue& deadlines)
    : Connector(plain.deferredTasks())
    , m_plain(plain)
    , m_deadlines(deadlines) {}

std::unique_ptr<ConnectAttempt> TlsConnector::connectTo(ConnectTarget target,
                                                        ConnectObserver& observer) {
    if (!target.tls) return m_plain.connectTo(std::move(target), observer);
    const TlsSurroundings surroundings{deferredTasks(), m_deadlines};
    auto attempt = std::make_unique<TlsAttempt>(target, surroundings, observer);
    const auto context = contextFor(target.tls);
    if (!context) {
        attempt->failSoon(context.error());
        return attempt;
    }
    const QByteArray& name =
        target.tls->serverName.isEmpty() ? target.host : target.tls->serverName;
    auto engine = (*context)->connectionTo(name, target.port, target.namedBy);
    if (engine)
        attempt->start(m_plain, std::move(target), std::move(engine));
    else
        attempt->failSoon(
            QCoreApplication::translate("TlsFailure", "no certificate can be for such a name"));
    return attempt;
}

Result<TlsConnector::SharedContext, QString>
TlsConnector::contextFor(const std::shared_ptr<const TlsClientOptions>& options) {
    std::erase_if(m_known, [](const Known& known) { return known.options.expired(); });
    const auto same = std::find_if(m_known.begin(), m_known.end(), [&](const Known& known) {
        return known.options.lock() == options;
    });
    if (same != m_known.end()) return same->context;
    for (const Known& known : m_known) {
        const auto other = known.options.lock();
        if (!other || !isSameTrust(*other, *options)) continue;
        const SharedContext context = known.context;
        m_known.push_back({options, context});
        return context;
    }
    auto made = TlsClientContext::make(*options, m_roots);
    if (made) m_known.push_back({options, *made});
    return made;
}

} // namespace sallyport
