// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/observe/exchangelog.h"
#include "core/proxy/interceptiondecision.h"
#include "core/proxy/openedtunnel.h"
#include "core/proxy/proxycontext.h"
#include "core/support/deadline.h"
#include "core/support/exchangeerror.h"
#include "core/tls/clienthello.h"
#include "core/tls/tlshandshake.h"

#include <memory>
#include <optional>

namespace sallyport {

/// A CONNECT to a listed host that has been answered with 200.
struct InterceptionRequest {
    OpenedTunnel tunnel;
    std::shared_ptr<const RuleSet> rules;       ///< of the moment of the CONNECT
    std::optional<ExchangeError> blindRefusal;  ///< why the tunnel may not be a blind one
    QByteArray via;                             ///< outboundVia() of the CONNECT
    std::unique_ptr<ExchangeRecorder> recorder; ///< of the CONNECT
};

/// A tunnel that is open, with the row of its CONNECT, which ends with the first request inside.
struct OpenedConnect {
    OpenedTunnel tunnel;
    std::unique_ptr<ExchangeRecorder> recorder;
};

/// A tunnel that stays blind, ready to be relayed.
struct BlindConnect {
    StreamPtr client;
    StreamPtr upstream;
    QByteArray fromClient;   ///< what it has sent so far
    QByteArray fromUpstream; ///< likewise
    std::unique_ptr<ExchangeRecorder> recorder;
};

/// From the 200 to a CONNECT on until it is known what the tunnel is: reads the client's first
/// bytes, then does the TLS handshake as the server, or connects to the host for a blind tunnel
/// (see interceptionDecision()). All within `limits.header_timeout`, but for the connecting, which
/// has its own time. Keeps ClientHelloReader::kMaxBytes and one receive.
class Interception final : private StreamObserver,
                           private TlsHandshake::Observer,
                           private ConnectObserver {
public:
    /// Exactly one is called, at last; the interception may not be destroyed in it.
    class Observer {
    public:
        virtual ~Observer() = default;
        virtual void tunnelOpened(StreamPtr stream, OpenedConnect opened) = 0;
        virtual void tunnelStaysBlind(BlindConnect blind) = 0;
        /// It came to nothing: the row says why, and the stream is closed.
        virtual void interceptionOver() = 0;
    };

    Interception(ProxyContext& context, StreamPtr stream, InterceptionRequest request,
                 Observer& observer);

    /// `early`: what the client sent before it had the 200.
    void start(QByteArrayView early);
    /// Ends at once.
    void cut();

private:
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override {}
    void streamFailed(const StreamError& error) override;
    void handshakeDone(StreamPtr stream) override;
    void handshakeFailed(const TlsHandshakeFailure& failure) override;
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;

    void open();
    void stayBlind(const QString& why);
    void refuse(TlsAlert alert, const QString& why);
    void failBlind(const ExchangeError& error);
    void expired();
    void leave(ExchangeEnd end, const QString& why);

    ProxyContext& m_context;
    StreamPtr m_stream; ///< null once the handshake has it
    InterceptionRequest m_request;
    Observer& m_observer;
    ClientHelloReader m_reader;
    std::unique_ptr<TlsHandshake> m_handshake;
    std::unique_ptr<ConnectAttempt> m_connecting;
    std::shared_ptr<const WayOut> m_way; ///< of that; null: directly
    Deadline m_deadline;
};

} // namespace sallyport
