// SPDX-License-Identifier: MIT
#include "core/proxy/exchange.h"

#include "core/http/serialiser.h"
#include "core/http/websockethandshake.h"
#include "core/proxy/messagerules.h"
#include "core/route/hopbyhop.h"
#include "core/support/ascii.h"
#include "core/tunnel/websockettap.h"
#include "core/upstream/upstreamerror.h"

#include <QNetworkInterface>

namespace sallyport {

namespace {

/// Pieces up to this size are copied behind what waits to leave, larger ones go from where they
/// are: a copy of 16 KiB costs less than a second system call.
constexpr qsizetype kCopiedBytes = 16 * 1024;
/// Content of requests that we answer ourselves and still read to its end, so that the connection
/// can be kept.
constexpr quint64 kReadBeforeLocalResponse = 1024 * 1024;
bool isEventStream(const ResponseHead& head) {
    const auto type = head.fields.first("Content-Type");
    return type && type->size() >= 17 &&
           ascii::equalsIgnoreCase(type->first(17), "text/event-stream");
}

} // namespace

Exchange::Exchange(ProxyContext& context, Downstream& downstream, const QString& client,
                   bool isRemoteClient)
    : m_context(context)
    , m_downstream(downstream)
    , m_client(client)
    , m_isRemoteClient(isRemoteClient) {}

Exchange::~Exchange() = default;

void Exchange::start(RequestHead head, Framing framing) {
    m_rules = m_context.rules;
    m_head = std::move(head);
    m_heldResponse.reset();
    m_upstreamHeld = m_uploadHeld = false;
    m_recorder = m_context.log.begin(m_client);
    RequestTraits facts;
    facts.isHttp10 = m_head.version.minor == 0;
    facts.isHead = m_head.method == "HEAD";
    // What follows a CONNECT may be meant for the tunnel that did not come: never a request.
    facts.clientPersists = isPersistent(m_head.version, m_head.fields) && !m_context.isDraining &&
                           m_head.method != "CONNECT";
    facts.hasContent = framing.kind != BodyKind::None;
    m_machine.emplace(facts);
    const Dispatch decision =
        dispatch(m_head, framing, *m_rules, {m_isRemoteClient, m_context.pseudonym});
    m_admission = decision.admission;
    m_route = decision.route;
    const QByteArray host =
        m_admission.authority.host.isEmpty()
            ? m_head.fields.first("Host").value_or(QByteArrayView()).toByteArray()
            : m_admission.authority.toBytes();
    m_recorder->requestHead(m_admission.role, m_head.method, host,
                            m_head.target.form == TargetForm::Authority
                                ? QByteArrayView()
                                : QByteArrayView(m_admission.pathAndQuery),
                            m_head.fields);
    m_target.clear();
    m_named = host;
    follow(decision, framing);
}

void Exchange::startMalformed(const ExchangeError& error, const QByteArray& method) {
    m_rules = m_context.rules;
    // Nothing of the request before, which may have been a HEAD.
    m_head = RequestHead();
    m_head.method = method;
    m_admission = Admission();
    m_target.clear();
    m_named.clear();
    m_recorder = m_context.log.begin(m_client);
    m_recorder->requestHead(RequestRole::Gateway, method, {}, {}, {});
    m_machine.emplace(RequestTraits{false, false, false, false});
    perform(m_machine->handle(event::Refused{error}));
}

void Exchange::follow(const Dispatch& decision, Framing framing) {
    const auto* group = std::get_if<ToGroup>(&decision.to);
    m_group = group ? group->group : nullptr;
    m_recorder->routed(m_route ? m_route->name : QString(),
                       m_group ? m_group->config.name : QString());
    if (group) {
        startUpstream(m_group->transport, group->target, framing, m_group);
    } else if (const auto* host = std::get_if<ToHost>(&decision.to)) {
        startDirect(*host, framing);
    } else if (std::holds_alternative<ToTunnel>(decision.to)) {
        startTunnel();
    } else if (std::holds_alternative<ToEvents>(decision.to)) {
        startEvents();
    } else if (const auto* local = std::get_if<LocalResponse>(&decision.to)) {
        const bool waits = framing.kind == BodyKind::Length &&
                           framing.length <= kReadBeforeLocalResponse &&
                           !m_head.fields.contains("Expect");
        if (waits)
            m_heldResponse = *local;
        else
            respondLocally(*local);
    } else {
        perform(m_machine->handle(event::Refused{std::get<ExchangeError>(decision.to)}));
    }
}

void Exchange::startUpstream(std::shared_ptr<UpstreamTransport> transport, QByteArray target,
                             Framing framing, const UpstreamGroup* group) {
    m_transport = std::move(transport);
    OutboundRules rules;
    rules.fields = m_route ? &m_route->requestFields : nullptr;
    rules.localToken = m_rules->token;
    rules.pseudonym = m_context.pseudonym;
    if (group && group->config.credential.kind != CredentialSource::Kind::None) {
        rules.replacesCredentials = true;
        rules.credential = group->credential;
        rules.credentialAs = group->config.credentialAs;
    }
    UpstreamRequest request = outboundRequest(m_head, std::move(target), framing, rules);
    if (group && group->config.isSandbox && m_head.fields.hasToken("Expect", "100-continue") &&
        m_head.version.minor == 1) {
        ResponseHead goOn;
        goOn.status = 100;
        goOn.reason = "Continue";
        sendInterim(goOn);
    }
    request.bound = m_downstream.boundConnections();
    m_recorder->sentFields(request.fields);
    m_upstream = m_transport->start(std::move(request), *this);
}

std::function<bool(const QHostAddress&)> Exchange::addressRule(quint16 port) const {
    return [config = m_rules->config, ownPort = m_rules->own.port, port](const QHostAddress& to) {
        if (!config->forward.allowsAddress(to)) return false;
        // The listener itself, under whatever name or notation: that way lies a loop.
        if (port != ownPort) return true;
        return !to.isLoopback() && !QNetworkInterface::allAddresses().contains(to);
    };
}

void Exchange::startDirect(const ToHost& to, Framing framing) {
    const quint16 port = m_admission.authority.portOr(m_admission.isTls ? 443 : 80);
    SocketTransportOptions options;
    options.mayConnect = addressRule(port);
    options.limits = m_rules->responseLimits();
    startUpstream(m_context.direct.transportFor(m_admission.authority, m_admission.isTls,
                                                m_rules->config, std::move(options)),
                  to.target, framing, nullptr);
}

void Exchange::startTunnel() {
    ConnectTarget target;
    target.host = m_admission.authority.host;
    target.port = m_admission.authority.portOr(443);
    target.namedBy = NamedBy::Client;
    target.mayConnect = addressRule(target.port);
    m_connecting = m_context.connector.connectTo(std::move(target), *this);
}

void Exchange::startEvents() {
    if (!m_context.events.hasRoom()) {
        perform(
            m_machine->handle(event::Refused{{ErrorCode::TooManyReaders, Side::Downstream, {}}}));
        return;
    }
    m_recorder->responseHead(101, "Switching Protocols", {});
    m_recorder->upgraded();
    const auto actions = m_machine->handle(event::Switched{});
    Q_ASSERT(actions.size() == 1);
    QByteArray handshake;
    // Written anew: Qt's parser has limits of its own, and the handshake is accepted already.
    appendWebSocketHandshake(handshake, "/_sallyport/events", m_named,
                             m_head.fields.first("Sec-WebSocket-Key").value_or(QByteArrayView()));
    m_downstream.handOverToEvents(std::move(handshake), std::move(m_recorder));
}

void Exchange::requestBytes(QByteArrayView bytes) {
    m_recorder->requestBody(bytes);
    if (!m_upstream) return;
    m_upstream->sendBody(bytes);
    if (!m_upstream->isCongested() || m_uploadHeld) return;
    m_uploadHeld = true;
    m_downstream.holdUpload(true);
}

void Exchange::requestEnded(const FieldList& trailers) {
    perform(m_machine->handle(event::RequestEnded{}));
    m_recorder->requestBodyEnded();
    if (m_heldResponse) {
        const LocalResponse response = *std::exchange(m_heldResponse, std::nullopt);
        respondLocally(response);
        return;
    }
    if (!m_upstream) return;
    FieldList allowed = trailers;
    removeForbiddenTrailers(allowed, m_head.fields);
    m_upstream->finishBody(allowed);
}

void Exchange::requestFailed(ErrorCode code) {
    if (m_machine) perform(m_machine->handle(event::RequestFailed{code}));
}

void Exchange::clientGone(const QString& why) {
    if (m_machine) perform(m_machine->handle(event::ClientGone{why}));
}

void Exchange::clientWritable() {
    if (!m_upstreamHeld || !m_upstream) return;
    m_upstreamHeld = false;
    m_upstream->setReading(true);
}

void Exchange::upstreamConnected(const UpstreamPeer& facts) {
    m_target = facts.target;
    m_recorder->connected(facts.target, facts.isReused);
}

void Exchange::upstreamRequestSent() { m_recorder->requestSent(); }

void Exchange::upstreamInterim(const ResponseHead& head) {
    m_response = head;
    perform(m_machine->handle(event::Interim{head.status}));
    flush();
}

void Exchange::upstreamHead(ResponseHead head, Framing framing) {
    m_response = std::move(head);
    m_recorder->responseHead(m_response.status, m_response.reason, m_response.fields);
    perform(m_machine->handle(event::ResponseHead{m_response.status, framing.kind}));
    const auto every = m_route ? m_route->keepaliveComment : std::chrono::milliseconds(0);
    // Under a content coding a comment of ours would be garbage in the middle of it.
    if (every.count() <= 0 || m_response.status != 200 || !isEventStream(m_response) ||
        m_response.fields.contains("Content-Encoding") ||
        m_response.fields.hasToken("Cache-Control", "no-transform") || // RFC 9110 7.7
        m_machine->framing() == DownstreamFraming::Length)
        return;
    m_sse.emplace();
    if (!m_keepalive)
        m_keepalive = std::make_unique<Deadline>(m_context.deadlines, [this] { keepAlive(); });
    m_keepalive->arm(every);
}

void Exchange::upstreamBody(QByteArrayView bytes) {
    if (!m_machine->isStreaming() || bytes.isEmpty()) return;
    m_recorder->responseBody(bytes);
    if (m_sse) {
        m_sse->feed(bytes);
        m_keepalive->arm(m_route->keepaliveComment);
    }
    const bool isChunked = m_machine->framing() == DownstreamFraming::Chunked;
    if (isChunked) appendChunkStart(m_out, bytes.size());
    if (bytes.size() <= kCopiedBytes) {
        m_out.append(bytes);
    } else {
        m_downstream.sendDownstream(m_out, bytes);
        m_out.resize(0);
    }
    if (isChunked) m_out.append(kChunkEnd);
}

void Exchange::upstreamTurnEnded() { flush(); }

void Exchange::upstreamComplete(const FieldList& trailers) {
    FieldList allowed;
    if (!trailers.isEmpty()) {
        m_recorder->responseTrailers(trailers);
        // RFC 9110 6.5.1: only to a client that said it would look at them.
        if (m_head.fields.hasToken("TE", "trailers")) allowed = trailers;
        removeForbiddenTrailers(allowed, m_response.fields);
    }
    m_trailers = &allowed;
    perform(m_machine->handle(event::ResponseEnded{}));
    m_trailers = nullptr;
}

void Exchange::upstreamSwitched(ResponseHead head, StreamPtr stream, QByteArray early) {
    m_recorder->responseHead(head.status, head.reason, head.fields);
    m_recorder->upgraded();
    if (head.fields.hasToken("Upgrade", "websocket"))
        m_recorder->webSocketBegan(webSocketSummary(head));
    const auto actions = m_machine->handle(event::Switched{});
    Q_ASSERT(actions.size() == 1);
    appendResponseHead(m_out, head.status, head.reason, interimFields(head));
    m_downstream.sendDownstream(m_out, {});
    m_out.resize(0);
    m_upstream.reset();
    m_downstream.handOver(std::move(stream), std::move(early), std::move(m_recorder));
}

void Exchange::upstreamFailed(const ExchangeError& error) {
    perform(m_machine->handle(event::UpstreamFailed{error}));
}

void Exchange::upstreamWritable() {
    if (!m_uploadHeld) return;
    m_uploadHeld = false;
    m_downstream.holdUpload(false);
}

void Exchange::connected(StreamPtr stream) {
    m_connecting.reset();
    m_recorder->connected(QString::fromLatin1(m_named), false);
    m_recorder->responseHead(200, "Connection established", {});
    m_recorder->upgraded();
    const auto actions = m_machine->handle(event::Switched{});
    Q_ASSERT(actions.size() == 1);
    // RFC 9110 9.3.6: no framing fields in a 2xx to CONNECT.
    m_downstream.sendDownstream("HTTP/1.1 200 Connection established\r\n\r\n", {});
    m_downstream.handOver(std::move(stream), {}, std::move(m_recorder));
}

void Exchange::connectFailed(const StreamError& error) {
    perform(m_machine->handle(event::UpstreamFailed{connectFailure(error)}));
}

} // namespace sallyport
