// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/head.h"
#include "core/net/connector.h"
#include "core/proxy/dispatch.h"
#include "core/proxy/exchangemachine.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/ssetail.h"
#include "core/upstream/transport.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace sallyport {

/// What an exchange needs of the connection that it came by.
class Downstream {
public:
    enum class After {
        NextRequest, ///< the connection is free for the next one
        Close,       ///< send what is pending, half-close, let go
        Cut,         ///< reset
    };
    virtual ~Downstream() = default;
    virtual void sendDownstream(QByteArrayView first, QByteArrayView second) = 0;
    [[nodiscard]] virtual bool isDownstreamCongested() const = 0;
    /// Upstream connections that this client connection has authenticated; may be null.
    [[nodiscard]] virtual BoundConnections* boundConnections() { return nullptr; }
    /// The upload is to stop (the upstream is slow) or to go on.
    virtual void holdUpload(bool isHeld) = 0;
    /// The last call of an exchange, but for handOver(). The exchange must not be destroyed in it.
    virtual void exchangeOver(After after) = 0;
    /// The last call where the connection becomes a tunnel. The exchange must not be destroyed in
    /// it, the connection's stream goes with it.
    virtual void handOver(StreamPtr upstream, QByteArray early,
                          std::unique_ptr<ExchangeRecorder> recorder) = 0;
    /// The last call where the connection becomes a reader of live records: `handshake` is what
    /// of the request a WebSocket needs, as bytes. As with handOver().
    virtual void handOverToEvents(QByteArray handshake,
                                  std::unique_ptr<ExchangeRecorder> recorder) = 0;
};

/// One request with its final response: performs what ExchangeMachine decides. Lives as long as
/// its connection keeps it; after exchangeOver() it holds nothing but memory.
class Exchange final : private UpstreamObserver, private ConnectObserver {
public:
    Exchange(ProxyContext& context, Downstream& downstream, const QString& client,
             bool isRemoteClient);
    ~Exchange() override;

    /// Takes the request from its head on; may be over before it returns.
    void start(RequestHead head, Framing framing);
    /// A request whose head could not be read.
    void startMalformed(const ExchangeError& error, const QByteArray& method = {});

    void requestBytes(QByteArrayView bytes);
    void requestEnded(const FieldList& trailers);
    void requestFailed(ErrorCode code);
    /// `why` goes into the record; empty where the end says enough.
    void clientGone(const QString& why = {});
    void clientWritable();

    [[nodiscard]] bool takesRequest() const { return m_machine && m_machine->takesRequest(); }
    [[nodiscard]] bool isOver() const { return !m_machine || m_machine->isOver(); }

private:
    void upstreamConnected(const UpstreamPeer& facts) override;
    void upstreamRequestSent() override;
    void upstreamInterim(const ResponseHead& head) override;
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override;
    void upstreamComplete(const FieldList& trailers) override;
    void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override;
    void upstreamFailed(const ExchangeError& error) override;
    void upstreamWritable() override;
    void upstreamTurnEnded() override;
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;

    void follow(const Dispatch& decision, Framing framing);
    void startUpstream(std::shared_ptr<UpstreamTransport> transport, QByteArray target,
                       Framing framing, const UpstreamGroup* group);
    void startDirect(const ToHost& to, Framing framing);
    void startTunnel();
    void startEvents();
    void respondLocally(const LocalResponse& response);
    void perform(const ExchangeActions& actions);
    void perform(const action::SendHead& what);
    void perform(const action::SendError& what);
    void sendInterim(const ResponseHead& head);
    void over(Downstream::After after);
    void flush();
    void keepAlive();
    [[nodiscard]] std::function<bool(const QHostAddress&)> addressRule(quint16 port) const;

    ProxyContext& m_context;
    Downstream& m_downstream;
    const QString& m_client;
    bool m_isRemoteClient;

    std::shared_ptr<const RuleSet> m_rules;
    RequestHead m_head;
    std::optional<ExchangeMachine> m_machine;
    Admission m_admission;
    const Route* m_route = nullptr;
    const UpstreamGroup* m_group = nullptr;
    std::unique_ptr<ExchangeRecorder> m_recorder;
    std::shared_ptr<UpstreamTransport> m_transport;
    std::unique_ptr<UpstreamExchange> m_upstream;
    std::unique_ptr<ConnectAttempt> m_connecting;
    ResponseHead m_response;
    const FieldList* m_trailers = nullptr;       ///< inside upstreamComplete() only
    std::optional<LocalResponse> m_heldResponse; ///< waits for the end of the request's content
    QByteArray m_named;                          ///< `host:port` as the client named it
    QString m_target;                            ///< what was connected to, once there is something
    QByteArray m_out;                            ///< leaves at the end of the turn
    bool m_upstreamHeld = false;
    bool m_uploadHeld = false;
    std::optional<SseTail> m_sse;
    std::unique_ptr<Deadline> m_keepalive;
};

} // namespace sallyport
