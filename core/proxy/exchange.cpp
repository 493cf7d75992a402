// SPDX-License-Identifier: MIT
#include "core/proxy/exchange.h"

#include "core/anthropic/errorbody.h"
#include "core/anthropic/messagespath.h"
#include "core/http/mediatype.h"
#include "core/http/reasonphrase.h"
#include "core/http/serialiser.h"
#include "core/http/websockethandshake.h"
#include "core/proxy/errorresponse.h"
#include "core/proxy/forwardedmessage.h"
#include "core/proxy/metricsendpoint.h"
#include "core/secrets/redact.h"
#include "core/support/defaultport.h"
#include "core/support/overloaded.h"
#include "core/tunnel/websocketsummary.h"
#include "core/upstream/upstreamerror.h"
#include "core/upstream/wayout.h"

namespace sallyport {

Exchange::Exchange(ProxyContext& context, Downstream& downstream, const ExchangeClient& client,
                   ReceivedRequest request)
    : m_context(context)
    , m_downstream(downstream)
    , m_client(client)
    , m_rules(context.rules)
    , m_head(std::move(request.head))
    , m_framing(request.framing)
    , m_machine(requestTraits(m_head, m_framing, context.isDraining))
    , m_recorder(context.log.begin(client.address))
    , m_writer(downstream) {}

Exchange::~Exchange() = default;

// Admit and dispatch.

void Exchange::start() {
    const OpenedTunnel* const tunnel = m_client.tunnel ? &*m_client.tunnel : nullptr;
    const Dispatch decision =
        dispatch(m_head, m_framing, *m_rules,
                 {m_client.isRemote, m_context.pseudonym, m_context.deadlines.clock().now(), tunnel,
                  m_client.isByTls});
    admit(decision);
    const auto refused = m_context.limits.admit({m_route, m_namedClient, m_framing});
    if (refused) return handle(event::Refused{*refused});
    std::visit(Overloaded{
                   [this](const ExchangeError& error) { handle(event::Refused{error}); },
                   [this](const auto& to) { follow(to); },
               },
               decision.to);
}

void Exchange::refuse(const ExchangeError& error) {
    m_recorder->requestHead(RequestRole::Gateway, {m_head.method, {}, {}}, {});
    handle(event::Unreadable{error});
}

void Exchange::admit(const Dispatch& decision) {
    m_admission = decision.admission;
    m_route = decision.route;
    m_namedClient = decision.client;
    const auto* group = std::get_if<ToGroup>(&decision.to);
    m_group = group ? group->group : nullptr;
    m_named = m_admission.authority.host.isEmpty()
                  ? m_head.fields.first("Host").value_or(QByteArrayView()).toByteArray()
                  : m_admission.authority.toBytes();
    const bool hasPath = m_head.target.form != TargetForm::Authority;
    m_recorder->requestHead(
        m_admission.role,
        {m_head.method, m_named, hasPath ? m_admission.pathAndQuery : QByteArrayView()},
        m_head.fields);
    if (m_client.tunnel) m_recorder->intercepted(m_client.tunnel->entry);
    m_recorder->receivedTarget(m_head.target.receivedPathAndQuery(), m_admission.pathAndQuery);
    m_recorder->routed(m_route ? m_route->name : QString(),
                       m_group ? m_group->config.name : QString());
    if (m_namedClient) m_recorder->namedClient(m_namedClient->config.name);
}

void Exchange::follow(const LocalResponse& response) {
    const bool waits = m_framing.kind == BodyKind::Length &&
                       m_framing.length <= kReadBeforeLocalResponse &&
                       !m_head.fields.contains("Expect");
    if (waits)
        m_heldResponse = response;
    else
        respond(response);
}

void Exchange::follow(const ToGroup& to) {
    startLeg(m_rules->transportFor(*m_route, *m_group, m_context.deadlines), to.target);
}

void Exchange::follow(const ToHost& to) {
    const quint16 port = m_admission.authority.portOr(defaultPort(m_admission.isTls));
    startLeg(m_context.direct.transportFor(m_admission.authority, m_admission.isTls,
                                           m_rules->config, m_rules->forwardOptions(port)),
             to.target);
}

void Exchange::follow(const ToTunnel&) {
    ConnectTarget to =
        m_rules->connectTarget(m_admission.authority, outboundVia(m_head, m_context.pseudonym));
    m_way = to.wayOut;
    m_connecting = m_context.connector.connectTo(std::move(to), *this);
}

void Exchange::follow(const ToInterception& to) {
    m_interception = InterceptionRequest{to.tunnel, m_rules, to.blindRefusal,
                                         outboundVia(m_head, m_context.pseudonym), nullptr};
    handle(event::Switched{SwitchedTo::Interception});
}

void Exchange::follow(const ToEvents&) {
    if (m_context.events.hasRoom()) return handle(event::Switched{SwitchedTo::Events});
    handle(event::Refused{{ErrorCode::TooManyReaders, Side::Downstream, {}}});
}

void Exchange::follow(const ToMetrics&) { follow(metricsResponse(m_head.fields, m_context)); }

// Rewrite the request, and stream its content: UpstreamLeg.

void Exchange::startLeg(std::shared_ptr<UpstreamTransport> transport, QByteArray target) {
    UpstreamObserver& observer = *this;
    LegOwner& owner = *this;
    const UpstreamLeg::Parts parts{m_context, m_downstream, observer,  owner,   *m_recorder,
                                   *m_rules,  m_head,       m_framing, m_route, m_namedClient};
    m_leg.emplace(parts, LegTarget{std::move(transport), m_group, std::move(target),
                                   m_client.address.toLatin1(), m_named, m_admission.isTls});
    if (const auto error = m_leg->start()) return handle(event::Refused{*error});
    // RFC 9110 10.1.1: the content is needed before the upstream can be asked for its opinion.
    if (!m_leg->needsContent() || !m_head.fields.contains("Expect")) return;
    m_response.status = 100;
    handle(event::Interim{100});
    m_writer.flush();
}

void Exchange::requestBytes(QByteArrayView bytes) {
    m_recorder->requestBody(bytes);
    const auto error = m_leg ? m_leg->body(bytes) : std::nullopt;
    if (error) legStopped(*error);
}

/// The upstream does not get the whole content, which it must not read as a whole request.
void Exchange::legStopped(const ExchangeError& error) {
    handle(m_machine.isStreaming() ? ExchangeEvent(event::RequestFailed{error.code})
                                   : event::Refused{error});
}

void Exchange::requestEnded(const FieldList& trailers) {
    handle(event::RequestEnded{});
    m_recorder->requestBodyEnded();
    if (m_heldResponse) return respond(*m_heldResponse);
    if (!m_leg) return;
    if (const auto error = m_leg->end(trailers)) legStopped(*error);
}

// Stream: the response.

void Exchange::upstreamConnected(const UpstreamPeer& peer) {
    m_target = peer.target;
    m_recorder->connected(peer.target, peer.isReused);
    m_recorder->wentBy(peer.way);
}

void Exchange::upstreamInterim(const ResponseHead& head) {
    m_response = head;
    handle(event::Interim{head.status});
    m_writer.flush();
    pauseWhileCongested();
}

void Exchange::upstreamHead(ResponseHead head, Framing framing) {
    m_response = std::move(head);
    m_echo = m_leg->echoFor(m_response, framing);
    m_recorder->responseHead(m_response.status, m_response.reason, m_response.fields);
    handle(event::ResponseHead{m_response.status, framing.kind});
    startComments();
}

void Exchange::upstreamBody(QByteArrayView bytes) {
    if (!m_machine.isStreaming() || bytes.isEmpty()) return;
    m_recorder->responseBody(bytes);
    passContent(m_echo ? m_echo->feed(bytes) : bytes);
}

void Exchange::passContent(QByteArrayView bytes) {
    if (bytes.isEmpty()) return;
    if (m_comments) m_comments->contentPassed(bytes);
    m_writer.content(bytes);
}

void Exchange::upstreamComplete(const FieldList& trailers) {
    if (!trailers.isEmpty()) {
        m_recorder->responseTrailers(trailers);
        m_trailers = inboundTrailers(trailers, m_head, m_response, m_route);
    }
    if (m_echo) passContent(m_echo->finish());
    handle(event::ResponseEnded{});
}

void Exchange::upstreamFailed(const ExchangeError& error) {
    if (m_echo) passContent(m_echo->finish());
    handle(event::UpstreamFailed{error});
}

void Exchange::upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) {
    m_switched = SwitchedUpstream{std::move(head), std::move(stream), std::move(early)};
    handle(event::Switched{SwitchedTo::Tunnel});
}

void Exchange::connected(StreamPtr stream) {
    m_connecting.reset();
    m_recorder->connected(QString::fromLatin1(m_named), false);
    if (m_way) m_recorder->wentBy(m_way->name);
    m_switched = SwitchedUpstream{headOf(200, "Connection established"), std::move(stream),
                                  m_way ? m_way->early : QByteArray()};
    handle(event::Switched{SwitchedTo::Tunnel});
}

void Exchange::connectFailed(const StreamError& error) {
    handle(event::UpstreamFailed{connectFailure(error)});
}

void Exchange::pauseWhileCongested() {
    UpstreamExchange* const from = upstream();
    if (!from || m_isUpstreamPaused || !m_downstream.isDownstreamCongested()) return;
    m_isUpstreamPaused = true;
    from->setReading(false);
}

void Exchange::clientWritable() {
    UpstreamExchange* const from = upstream();
    if (!from || !m_isUpstreamPaused) return;
    m_isUpstreamPaused = false;
    from->setReading(true);
}

void Exchange::startComments() {
    if (!m_route || m_route->keepaliveComment.count() <= 0) return;
    if (!m_machine.isStreaming() || !mayHaveComments(m_response, m_machine.framing())) return;
    m_comments.emplace(m_context.deadlines, m_route->keepaliveComment, [this] {
        if (m_downstream.isDownstreamCongested()) return;
        m_writer.content(KeepaliveComments::kComment);
        m_writer.flush();
    });
}

// Rewrite the response.

void Exchange::sendHead(const action::SendHead& what) {
    const FieldList fields =
        inboundFields(m_response, what, m_route ? &m_route->responseFields : nullptr,
                      {m_context.pseudonym, m_context.secondsNow()});
    m_writer.head(m_response, fields, what.framing);
}

void Exchange::respond(const LocalResponse& response) {
    m_response = headOf(response.status, reasonPhrase(response.status));
    for (const auto& [name, value] : response.fields)
        m_response.fields.append(name, value);
    const bool mayHaveContent =
        response.status >= 200 && response.status != 204 && response.status != 304;
    if (mayHaveContent)
        m_response.fields.append("Content-Length", QByteArray::number(response.content.size()));
    m_recorder->responseHead(m_response.status, m_response.reason, m_response.fields);
    const BodyKind kind = mayHaveContent ? BodyKind::Length : BodyKind::None;
    handle(event::ResponseHead{m_response.status, kind});
    if (m_machine.framing() == DownstreamFraming::Length) {
        m_recorder->responseBody(response.content);
        m_writer.content(response.content);
    }
    handle(event::ResponseEnded{});
}

void Exchange::sendError(const action::SendError& what) {
    ErrorContext context;
    context.upstream = m_group ? m_group->config.name : QString();
    context.target = m_target.isEmpty() && !m_group ? QString::fromLatin1(m_named) : m_target;
    context.isNamedByClient = !m_group;
    context.isMessages = isMessagesPath(m_admission.pathAndQuery);
    // Inside an opened tunnel the client speaks to an origin, as it sees it.
    context.isProxyRequest = !m_client.tunnel && (m_admission.role == RequestRole::Forward ||
                                                  m_admission.role == RequestRole::Tunnel);
    if (what.error.code == ErrorCode::NoRoute)
        context.target = QString::fromLatin1(
            QByteArray(m_head.method + ' ' + redactedTarget(m_admission.pathAndQuery)));
    ErrorResponse error = errorResponseFor(what.error, context);
    error.message = redactedMessage(error.message, m_context.log.knownSecrets());
    const QByteArray content = errorBody(error.status, error.message);
    m_response = headOf(error.status, reasonPhrase(error.status));
    m_response.fields = errorFields(error, content.size(), m_context.secondsNow());
    if (what.closes) m_response.fields.append("Connection", "close");
    m_recorder->responseHead(m_response.status, m_response.reason, m_response.fields);
    m_recorder->responseBody(content);
    m_recorder->ownError(error.code, error.message);
    m_writer.head(m_response, m_response.fields, what.framing);
    m_writer.content(content);
}

// Report, and what becomes of the connection.

void Exchange::handle(const ExchangeEvent& event) {
    using After = Downstream::After;
    const ExchangeActions actions = m_machine.handle(event);
    for (const ExchangeAction& each : actions)
        std::visit(Overloaded{
                       [this](const action::RelayInterim&) { m_writer.interim(m_response); },
                       [this](const action::SendHead& what) { sendHead(what); },
                       [this](const action::SendLastChunk&) { m_writer.lastChunk(m_trailers); },
                       [this](const action::SendError& what) { sendError(what); },
                       [this](const action::CancelUpstream&) { cancelUpstream(); },
                       [this](const action::Report& what) { report(what); },
                       [this](const action::HandOverToTunnel&) { handOverToTunnel(); },
                       [this](const action::HandOverToEvents&) { handOverToEvents(); },
                       [this](const action::HandOverToInterception&) { handOverToInterception(); },
                       [this](const action::HandOverToSelf&) { handOverToSelf(); },
                       [this](const action::NextRequest&) { end(After::NextRequest); },
                       [this](const action::CloseDownstream&) { end(After::Close); },
                       [this](const action::CutDownstream&) { end(After::Cut); },
                   },
                   each);
}

/// What the content says of its end goes before the framing, and the target is judged by it too.
void Exchange::report(const action::Report& what) {
    m_recorder->ended(what.end, what.error);
    const ExchangeRecord& record = m_recorder->record();
    const bool isWorse =
        record.end == ExchangeEnd::UpstreamError || record.end == ExchangeEnd::Truncated;
    if (what.end == ExchangeEnd::Complete && isWorse && upstream())
        upstream()->contentFailed(record.error);
}

void Exchange::cancelUpstream() {
    m_leg.reset();
    m_connecting.reset();
}

/// RFC 9110 9.3.6: no framing fields in a 2xx to CONNECT; ours has no fields at all.
void Exchange::sendSwitchHead(const ResponseHead& head) {
    m_recorder->responseHead(head.status, head.reason, head.fields);
    m_recorder->upgraded();
    m_writer.interim(head);
    m_writer.flush();
}

void Exchange::handOverToInterception() {
    sendSwitchHead(headOf(200, "Connection established"));
    m_interception->recorder = std::move(m_recorder);
    m_downstream.handOverToInterception(std::move(*m_interception));
}

void Exchange::handOverToSelf() {
    sendSwitchHead(headOf(200, "Connection established"));
    m_recorder->ended(ExchangeEnd::Complete);
    m_recorder.reset();
    m_rules.reset();
    m_downstream.connectedToSelf();
}

void Exchange::handOverToTunnel() {
    const ResponseHead& head = m_switched->response;
    sendSwitchHead(head);
    if (head.fields.hasToken("Upgrade", "websocket"))
        m_recorder->webSocketBegan(webSocketSummary(head));
    cancelUpstream();
    m_downstream.handOver(std::move(m_switched->stream), std::move(m_switched->early),
                          std::move(m_recorder));
}

void Exchange::handOverToEvents() {
    m_recorder->responseHead(101, "Switching Protocols", {});
    m_recorder->upgraded();
    QByteArray handshake;
    // Written anew: Qt's parser has limits of its own, and the handshake is accepted already.
    appendWebSocketHandshake(handshake, "/_sallyport/events", m_named,
                             m_head.fields.first("Sec-WebSocket-Key").value_or(QByteArrayView()));
    m_downstream.handOverToEvents(std::move(handshake), std::move(m_recorder));
}

void Exchange::end(Downstream::After after) {
    m_comments.reset();
    m_writer.flush();
    cancelUpstream();
    // Destroyed only when the next request comes: until then old rules and pools must be free.
    if (m_namedClient)
        m_context.limits.spend(m_namedClient->config, m_recorder->record().usage.counted());
    m_recorder.reset();
    m_namedClient = nullptr;
    m_route = nullptr;
    m_group = nullptr;
    m_rules.reset();
    m_downstream.exchangeOver(after);
}

} // namespace sallyport
