// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/requestparser.h"
#include "core/net/bytequeue.h"
#include "core/net/bytestream.h"
#include "core/net/writewatch.h"
#include "core/proxy/downstream.h"
#include "core/proxy/exchange.h"
#include "core/proxy/interception.h"
#include "core/proxy/proxycontext.h"
#include "core/support/deadline.h"
#include "core/tunnel/tunnel.h"
#include "core/upstream/boundconnections.h"

#include <memory>
#include <optional>

namespace sallyport {

class ClientConnection;

/// Owns the connections; implemented by ProxyServer.
class ConnectionKeeper {
public:
    virtual ~ConnectionKeeper() = default;
    /// The connection is over; it is destroyed from the event loop.
    virtual void connectionOver(ClientConnection& connection) = 0;
    /// Calls resume() in a later turn of the event loop.
    virtual void resumeLater(ClientConnection& connection) = 0;
    /// The connection has become the opened tunnel `stream`, which goes on as one of its own; like
    /// connectionOver() for the old one.
    virtual void tunnelOpened(ClientConnection& connection, StreamPtr stream,
                              OpenedConnect opened) = 0;
};

/// One client connection: reads requests, runs their exchanges one after the other (pipelined ones
/// wait, so that responses keep their order, RFC 9112 9.3.2), and becomes a tunnel when a request
/// asks for one.
///
/// What a client makes this process keep is bounded, also when it pipelines and reads nothing: of
/// input `limits.pipelined` and one receive of its stream, of output kMaxPendingForNext and one
/// response of our own, or kHighWatermark and one receive of an upstream's stream.
///
/// A CONNECT to a host of `intercept:` goes to an Interception; where that opens the tunnel, its
/// plain side is a ClientConnection again, made with that OpenedConnect.
class ClientConnection final : private StreamObserver,
                               private Downstream,
                               private Interception::Observer {
public:
    /// The next request is taken only while less than so many bytes wait for the client.
    static constexpr qsizetype kMaxPendingForNext = ByteStream::kLowWatermark;
    /// Requests and bytes that a connection takes in one turn of the event loop; then other
    /// connections have theirs. 8 local responses take some 0.3 ms.
    static constexpr int kTurnRequests = 8;
    static constexpr qsizetype kTurnBytes = qsizetype{128} * 1024;

    ClientConnection(ProxyContext& context, ConnectionKeeper& keeper, StreamPtr stream,
                     std::optional<OpenedConnect> opened = {});
    ~ClientConnection() override;

    void start();
    /// Instead of start(): sends the error response, whatever the client sends, and closes.
    void refuse(const ExchangeError& error);
    /// The next turn with the input that was kept.
    void resume();
    /// Closes when idle; otherwise the running exchange is the last.
    void drain();
    /// Ends at once.
    void cut();
    /// From where the client comes; stays when the stream has gone to a tunnel.
    [[nodiscard]] const QHostAddress& clientAddress() const { return m_address; }

private:
    enum class PeerEnd {
        None,
        Unread,   ///< it has come, after bytes that are not read yet
        Finished, ///< all that the peer sent has been read
    };

    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamPeerClosePending() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;
    void sendDownstream(QByteArrayView first, QByteArrayView second) override;
    QByteArray& outputBuffer() override { return m_output; }
    bool isDownstreamCongested() const override;
    BoundConnections* boundConnections() override { return &m_bound; }
    void holdUpload(bool isHeld) override;
    void exchangeOver(After after) override;
    void handOver(StreamPtr upstream, QByteArray early,
                  std::unique_ptr<ExchangeRecorder> recorder) override;
    void handOverToEvents(QByteArray handshake,
                          std::unique_ptr<ExchangeRecorder> recorder) override;
    void handOverToInterception(InterceptionRequest request) override;
    void connectedToSelf() override;
    void tunnelOpened(StreamPtr stream, OpenedConnect opened) override;
    void tunnelStaysBlind(BlindConnect blind) override;
    void interceptionOver() override { finish(); }
    void relay(BlindConnect tunnel);

    [[nodiscard]] bool isExchangeRunning() const { return m_exchange && !m_exchange->isOver(); }
    [[nodiscard]] bool takesInput() const;
    [[nodiscard]] QByteArrayView takeTurn(QByteArrayView input);
    [[nodiscard]] bool takeStep(const ParseOutcome& outcome);
    void resumeLater();
    void beginExchange();
    Exchange& makeExchange(RequestHead head, Framing framing);
    void timeHead();
    void headFailed(const ParseError& error);
    [[nodiscard]] bool isTlsNext() const;
    void refuseTls();
    [[nodiscard]] QByteArray takeRest();
    void clientLeft();
    void updateReading();
    void endWithPeer();
    void expired();
    void clientStalled();
    void closeGracefully();
    void finish();

    ProxyContext& m_context;
    ConnectionKeeper& m_keeper;
    StreamPtr m_stream;
    const Limits m_limits; ///< of the moment at which the connection was accepted
    const QHostAddress m_address;
    ExchangeClient m_client;
    std::unique_ptr<ExchangeRecorder> m_connect; ///< of the tunnel, until something came by it
    RequestParser m_parser;
    BoundConnections m_bound;           ///< outlives the exchange
    QByteArray m_output;                ///< of the running exchange, before it is written
    std::optional<Exchange> m_exchange; ///< the running one, or the latest
    std::unique_ptr<Interception> m_interception;
    std::unique_ptr<Tunnel> m_tunnel;
    ByteQueue m_input; ///< received, and not taken yet
    Deadline m_deadline;
    WriteWatch m_writeWatch;
    PeerEnd m_peerEnd = PeerEnd::None;
    QByteArrayView m_left;  ///< of the input of the running turn, what is not taken yet
    int m_turnRequests = 0; ///< taken in the running turn
    bool m_isUploadHeld = false;
    bool m_isReading = false;
    bool m_isOver = false;
    bool m_isInTurn = false;
    bool m_isToResume = false;
    bool m_isHeadTimed = true; ///< start() times the first one
};

} // namespace sallyport
