// SPDX-License-Identifier: MIT
#pragma once

#include "core/anthropic/modelecho.h"
#include "core/http/framing.h"
#include "core/http/head.h"
#include "core/net/connector.h"
#include "core/proxy/dispatch.h"
#include "core/proxy/downstream.h"
#include "core/proxy/exchangemachine.h"
#include "core/proxy/interception.h"
#include "core/proxy/keepalivecomments.h"
#include "core/proxy/proxycontext.h"
#include "core/proxy/responsewriter.h"
#include "core/proxy/upstreamleg.h"
#include "core/upstream/transport.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace sallyport {

/// The client of a connection, as its exchanges see it.
struct ExchangeClient {
    QString address;       ///< for the record
    bool isRemote = false; ///< not from a loopback address
    bool isByTls = false;  ///< inside an opened tunnel, whatever was asked for in it since
    std::optional<OpenedTunnel> tunnel = {}; ///< that its requests come by
};

/// A request as it was read.
struct ReceivedRequest {
    RequestHead head;
    Framing framing;
};

/// One request with its final response: does what ExchangeMachine decides. Made anew for each
/// request; start() or refuse() is called once. Its phases in order: admit, dispatch, rewrite the
/// request, stream, rewrite the response, report.
///
/// All that it is given outlives it. Once isOver() it only waits to be destroyed.
class Exchange final : private UpstreamObserver, private ConnectObserver, private LegOwner {
public:
    /// Content of requests that get a local response and is still read to its end, so that the
    /// connection can be kept.
    static constexpr quint64 kReadBeforeLocalResponse = 1024 * 1024;

    /// A request from its head on.
    Exchange(ProxyContext& context, Downstream& downstream, const ExchangeClient& client,
             ReceivedRequest request);
    ~Exchange() override;

    /// May be over before it returns.
    void start();
    /// Instead of start(): for a request whose head could not be read; closes the connection.
    void refuse(const ExchangeError& error);

    void requestBytes(QByteArrayView bytes);
    void requestEnded(const FieldList& trailers);
    void requestFailed(ErrorCode code) { handle(event::RequestFailed{code}); }
    /// `why` goes into the record; empty where the end says enough.
    void clientGone(const QString& why = {}) { handle(event::ClientGone{why}); }
    void clientWritable();

    [[nodiscard]] bool takesRequest() const { return m_machine.takesRequest(); }
    [[nodiscard]] bool isOver() const { return m_machine.isOver(); }

private:
    /// What a tunnel is made of, from the upstream's switch to the hand-over.
    struct SwitchedUpstream {
        ResponseHead response;
        StreamPtr stream;
        QByteArray early; ///< came from the upstream with its response
    };

    void upstreamConnected(const UpstreamPeer& peer) override;
    void upstreamPassedOver(const QString& target, const QString& reason) override {
        m_recorder->passedOver(target, reason);
    }
    void upstreamRequestSent() override { m_recorder->requestSent(); }
    void upstreamInterim(const ResponseHead& head) override;
    void upstreamHead(ResponseHead head, Framing framing) override;
    void upstreamBody(QByteArrayView bytes) override;
    void upstreamComplete(const FieldList& trailers) override;
    void upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) override;
    void upstreamFailed(const ExchangeError& error) override;
    void upstreamWritable() override { m_leg->writable(); }
    void upstreamTurnEnded() override {
        m_writer.flush();
        pauseWhileCongested();
    }
    void legFailed(const ExchangeError& error) override { handle(event::Refused{error}); }
    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;

    void admit(const Dispatch& decision);
    void follow(const LocalResponse& response);
    void follow(const ToGroup& to);
    void follow(const ToHost& to);
    void follow(const ToTunnel& to);
    void follow(const ToInterception& to);
    void follow(const ToSelf&) { handle(event::Switched{SwitchedTo::Self}); }
    void follow(const ToEvents& to);
    void follow(const ToMetrics& to);
    void startLeg(std::shared_ptr<UpstreamTransport> transport, QByteArray target);
    void legStopped(const ExchangeError& error);
    [[nodiscard]] UpstreamExchange* upstream() { return m_leg ? m_leg->upstream() : nullptr; }
    void respond(const LocalResponse& response);
    void startComments();
    void passContent(QByteArrayView bytes);
    void pauseWhileCongested();

    void handle(const ExchangeEvent& event);
    void report(const action::Report& what);
    void sendHead(const action::SendHead& what);
    void sendError(const action::SendError& what);
    void cancelUpstream();
    void sendSwitchHead(const ResponseHead& head);
    void handOverToTunnel();
    void handOverToInterception();
    void handOverToSelf();
    void handOverToEvents();
    void end(Downstream::After after);

    ProxyContext& m_context;
    Downstream& m_downstream;
    const ExchangeClient& m_client;
    std::shared_ptr<const RuleSet> m_rules; ///< of the moment at which the request came
    const RequestHead m_head;
    const Framing m_framing;
    ExchangeMachine m_machine;
    std::unique_ptr<ExchangeRecorder> m_recorder;
    ResponseWriter m_writer;

    Admission m_admission;
    const Route* m_route = nullptr;
    const UpstreamGroup* m_group = nullptr;
    QByteArray m_named; ///< `host:port` as the client named it
    QString m_target;   ///< what was connected to, once there is something

    const NamedClient* m_namedClient = nullptr;
    std::optional<UpstreamLeg> m_leg;
    std::unique_ptr<ConnectAttempt> m_connecting;
    std::shared_ptr<const WayOut> m_way; ///< of that; null: directly
    std::optional<ModelEcho> m_echo;
    bool m_isUpstreamPaused = false; ///< the client is slow

    std::optional<LocalResponse> m_heldResponse; ///< waits for the end of the request's content
    ResponseHead m_response;                     ///< the latest one, interim or final
    FieldList m_trailers;
    std::optional<SwitchedUpstream> m_switched;
    std::optional<InterceptionRequest> m_interception;
    std::optional<KeepaliveComments> m_comments;
};

} // namespace sallyport
