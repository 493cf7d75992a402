// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/bytestream.h"
#include "core/net/deferredtask.h"

#include <QByteArray>
#include <QSslCertificate>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace sallyport {

/// TLS toward an upstream.
struct TlsClientOptions {
    QByteArray serverName;                   ///< for SNI and for the check of the certificate
    std::vector<QSslCertificate> extraRoots; ///< trusted beside the system's store
    bool verify = true;
    QByteArray alpn = "http/1.1";
    QByteArray certificateChain; ///< of our own, PEM, the leaf first; empty: none is shown
    QByteArray privateKey;       ///< PEM, without a passphrase; secret
};

/// Where the name of a host came from. A client may give any number of names that no name server
/// knows.
enum class NamedBy { Configuration, Client };

struct WayOut;

/// What to connect to.
struct ConnectTarget {
    QByteArray host; ///< a name, or an address without brackets
    quint16 port = 0;
    NamedBy namedBy = NamedBy::Configuration;
    std::shared_ptr<const TlsClientOptions> tls; ///< null: plain TCP
    std::chrono::milliseconds timeout{5000};     ///< for resolution, TCP and TLS together
    /// Asked for every resolved address, before anything is sent to it; may be null.
    std::function<bool(const QHostAddress&)> mayConnect;
    /// Known to ViaConnector alone, any other connector leaves it aside; null: directly. One for
    /// each attempt: what came of it stands in it once connected.
    std::shared_ptr<WayOut> wayOut;
};

/// What waits for a connection; exactly one of the two is called, never from inside connectTo().
class ConnectObserver {
public:
    virtual ~ConnectObserver() = default;
    virtual void connected(StreamPtr stream) = 0;
    virtual void connectFailed(const StreamError& error) = 0;
};

/// A connection being made; letting go gives it up.
class ConnectAttempt {
public:
    virtual ~ConnectAttempt() = default;
};

/// The port for making connections; fakes stand in for it in tests.
class Connector {
public:
    virtual ~Connector() = default;
    /// Resolves, connects, does TLS where it is wanted: a StreamReactor alone cannot and fails
    /// with TlsFailed, TlsConnector can. Several addresses are tried as RFC 8305 says: the families
    /// in turn, the next one 250 ms after the one before or at its failure. The attempt may be
    /// destroyed from inside the observer's call.
    [[nodiscard]] virtual std::unique_ptr<ConnectAttempt> connectTo(ConnectTarget target,
                                                                    ConnectObserver& observer) = 0;
    /// Work for the next turn of this thread's event loop.
    [[nodiscard]] DeferredTaskQueue& deferredTasks() {
        return m_sharedTasks ? *m_sharedTasks : m_deferredTasks;
    }

protected:
    Connector() = default;
    /// For a connector on top of another one, whose queue it shares.
    explicit Connector(DeferredTaskQueue& shared)
        : m_sharedTasks(&shared) {}

private:
    DeferredTaskQueue m_deferredTasks;
    DeferredTaskQueue* m_sharedTasks = nullptr;
};

} // namespace sallyport
