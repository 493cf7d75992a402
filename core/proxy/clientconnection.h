// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/messageparser.h"
#include "core/net/bytestream.h"
#include "core/proxy/exchange.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/tunnel.h"
#include "core/support/deadline.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace sallyport {

class ClientConnection;

/// Who keeps the connections.
class ConnectionKeeper {
public:
    virtual ~ConnectionKeeper() = default;
    /// The connection is over; it is destroyed from the event loop soon after.
    virtual void connectionOver(ClientConnection& connection) = 0;
    /// Calls resume() from the event loop soon.
    virtual void resumeLater(ClientConnection& connection) = 0;
};

/// One client connection: reads requests, runs their exchanges one after the other (pipelined ones
/// wait, so that answers keep their order, RFC 9112 9.3.2), and becomes a tunnel when one asks.
class ClientConnection final : private StreamObserver, private Downstream {
public:
    /// Between two requests a connection is kept for this long.
    static constexpr std::chrono::milliseconds kIdleTimeout{600'000};
    /// Between two pieces of a request's content this long may pass.
    static constexpr std::chrono::milliseconds kBodyTimeout{300'000};
    /// Octets kept of requests that wait for their turn; more stay with TCP.
    static constexpr qsizetype kMaxPending = 64 * 1024;

    ClientConnection(ProxyContext& context, ConnectionKeeper& keeper, StreamPtr stream);
    ~ClientConnection() override;

    void start();
    /// Goes on with what was kept while an exchange ran.
    void resume();
    /// Closes when idle; otherwise the running exchange is the last.
    void drain();
    /// Ends at once.
    void cut();
    [[nodiscard]] bool isTunnel() const { return m_tunnel != nullptr; }
    [[nodiscard]] bool isBusy() const { return m_tunnel || (m_exchange && !m_exchange->isOver()); }

private:
    void streamReceived(QByteArrayView octets) override;
    void streamPeerFinished() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;
    void sendDownstream(QByteArrayView first, QByteArrayView second) override;
    bool isDownstreamCongested() const override;
    void holdUpload(bool isHeld) override;
    void exchangeOver(After after) override;
    void handOver(StreamPtr upstream, QByteArray early,
                  std::unique_ptr<ExchangeRecorder> recorder) override;

    [[nodiscard]] QByteArrayView process(QByteArrayView input);
    void beginExchange();
    void timeHead();
    [[nodiscard]] Exchange& exchange();
    void headFailed(const ParseError& error);
    void takeIn(QByteArrayView octets);
    void updateReading();
    void expired();
    void finish();

    ProxyContext& m_context;
    ConnectionKeeper& m_keeper;
    StreamPtr m_stream;
    QString m_client;
    bool m_isRemoteClient;
    RequestParser m_parser;
    std::unique_ptr<Exchange> m_exchange;
    std::unique_ptr<Tunnel> m_tunnel;
    QByteArray m_pending;
    Deadline m_deadline;
    bool m_uploadHeld = false;
    bool m_isReading = false;
    bool m_isOver = false;
    bool m_inProcess = false;
    bool m_isHeadTimed = true; ///< start() times the first one
};

} // namespace sallyport
