// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/messageparser.h"
#include "core/net/bytestream.h"
#include "core/net/writewatch.h"
#include "core/proxy/exchange.h"
#include "core/proxy/proxycontext.h"
#include "core/support/deadline.h"
#include "core/tunnel/tunnel.h"
#include "core/upstream/boundconnections.h"

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
    ClientConnection(ProxyContext& context, ConnectionKeeper& keeper, StreamPtr stream);
    ~ClientConnection() override;

    void start();
    /// Instead of start(): answers with the error, whatever the client has to say, and closes.
    void refuse(const ExchangeError& error);
    /// Goes on with what was kept while an exchange ran.
    void resume();
    /// Closes when idle; otherwise the running exchange is the last.
    void drain();
    /// Ends at once.
    void cut();
    /// From where the client comes; stays when the stream has gone to a tunnel.
    [[nodiscard]] const QHostAddress& clientAddress() const { return m_address; }
    [[nodiscard]] bool isTunnel() const { return m_tunnel != nullptr; }
    [[nodiscard]] bool isBusy() const { return m_tunnel || (m_exchange && !m_exchange->isOver()); }

private:
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamPeerClosePending() override { streamPeerFinished(); }
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;
    void sendDownstream(QByteArrayView first, QByteArrayView second) override;
    bool isDownstreamCongested() const override;
    BoundConnections* boundConnections() override { return &m_bound; }
    void holdUpload(bool isHeld) override;
    void exchangeOver(After after) override;
    void handOver(StreamPtr upstream, QByteArray early,
                  std::unique_ptr<ExchangeRecorder> recorder) override;
    void handOverToEvents(QByteArray handshake,
                          std::unique_ptr<ExchangeRecorder> recorder) override;

    [[nodiscard]] QByteArrayView process(QByteArrayView input);
    void beginExchange();
    void timeHead();
    [[nodiscard]] Exchange& exchange();
    void headFailed(const ParseError& error);
    void takeIn(QByteArrayView bytes);
    void updateReading();
    void expired();
    void clientStalled();
    void finish();

    ProxyContext& m_context;
    ConnectionKeeper& m_keeper;
    StreamPtr m_stream;
    const Limits m_limits; ///< of the moment at which the connection was accepted
    const QHostAddress m_address;
    QString m_client;
    bool m_isRemoteClient;
    RequestParser m_parser;
    BoundConnections m_bound; ///< outlives the exchange
    std::unique_ptr<Exchange> m_exchange;
    std::unique_ptr<Tunnel> m_tunnel;
    QByteArray m_pending;
    Deadline m_deadline;
    WriteWatch m_writeWatch;
    bool m_uploadHeld = false;
    bool m_isReading = false;
    bool m_isOver = false;
    bool m_inProcess = false;
    bool m_isHeadTimed = true; ///< start() times the first one
};

} // namespace sallyport
