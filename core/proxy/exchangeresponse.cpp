// SPDX-License-Identifier: MIT
// What an exchange says to its client: answers of our own, heads, errors, and the order of the end.
#include "core/anthropic/errorbody.h"
#include "core/http/serialiser.h"
#include "core/secrets/redact.h"
#include "core/proxy/errorresponse.h"
#include "core/proxy/exchange.h"
#include "core/proxy/messagerules.h"

namespace sallyport {

namespace {

constexpr QByteArrayView kKeepaliveComment{": keepalive\n\n"};

qint64 secondsNow(const ProxyContext& context) {
    return std::chrono::duration_cast<std::chrono::seconds>(
               context.deadlines.clock().wallNow().time_since_epoch())
        .count();
}

} // namespace

void Exchange::respondLocally(const LocalResponse& response) {
    ResponseHead head;
    head.status = response.status;
    head.reason = reasonPhrase(response.status).toByteArray();
    for (const auto& [name, value] : response.fields)
        head.fields.append(name, value);
    const bool mayHaveContent =
        response.status >= 200 && response.status != 204 && response.status != 304;
    if (mayHaveContent)
        head.fields.append("Content-Length", QByteArray::number(response.content.size()));
    m_response = head;
    m_recorder->responseHead(head.status, head.reason, head.fields);
    perform(m_machine->handle(
        event::ResponseHead{head.status, mayHaveContent ? BodyKind::Length : BodyKind::None}));
    if (m_machine->framing() == DownstreamFraming::Length) {
        m_recorder->responseBody(response.content);
        m_out.append(response.content);
    }
    perform(m_machine->handle(event::ResponseEnded{}));
}

void Exchange::keepAlive() {
    if (!m_machine || !m_machine->isStreaming() || !m_sse || !m_route) return;
    if (m_sse->isBetweenEvents() && !m_downstream.isDownstreamCongested()) {
        const bool isChunked = m_machine->framing() == DownstreamFraming::Chunked;
        if (isChunked) appendChunkStart(m_out, kKeepaliveComment.size());
        m_out.append(kKeepaliveComment);
        if (isChunked) m_out.append(kChunkEnd);
        flush();
    }
    m_keepalive->arm(m_route->keepaliveComment);
}

void Exchange::flush() {
    if (!m_out.isEmpty()) {
        m_downstream.sendDownstream(m_out, {});
        m_out.resize(0);
    }
    if (!m_upstream || m_upstreamHeld || !m_downstream.isDownstreamCongested()) return;
    m_upstreamHeld = true;
    m_upstream->setReading(false);
}

void Exchange::sendInterim(const ResponseHead& head) {
    QByteArray out;
    appendResponseHead(out, head.status, head.reason, interimFields(head));
    m_downstream.sendDownstream(out, {});
}

void Exchange::perform(const action::SendHead& what) {
    const FieldList fields = inboundFields(m_response, what.framing, what.closes,
                                           m_route ? &m_route->responseFields : nullptr,
                                           m_context.pseudonym, secondsNow(m_context));
    appendResponseHead(m_out, m_response.status, m_response.reason, fields);
}

void Exchange::perform(const action::SendError& what) {
    const bool isProxyRequest =
        m_admission.role == RequestRole::Forward || m_admission.role == RequestRole::Tunnel;
    ErrorContext context;
    context.upstream = m_group ? m_group->config.name : QString();
    context.target = m_target.isEmpty() && !m_group ? QString::fromLatin1(m_named) : m_target;
    context.isNamedByClient = isProxyRequest || (m_route && !m_group);
    context.isMessages = m_admission.pathAndQuery.startsWith("/v1/messages");
    context.isProxyRequest = isProxyRequest;
    if (what.error.code == ErrorCode::NoRoute)
        context.target = QString::fromLatin1(
            QByteArray(m_head.method + ' ' + redactedTarget(m_admission.pathAndQuery)));
    const ErrorResponse response = errorResponseFor(what.error, context);
    FieldList fields;
    const QByteArray content = errorBody(response.status, response.message);
    fields.append("Date", httpDate(secondsNow(m_context)));
    fields.append("Content-Type", "application/json");
    fields.append("Content-Length", QByteArray::number(content.size()));
    fields.append("X-Sallyport-Error", response.code);
    if (response.isRetryUseless) fields.append("x-should-retry", "false");
    if (response.retryAfter) fields.append("Retry-After", QByteArray::number(*response.retryAfter));
    if (response.status == 407)
        fields.append("Proxy-Authenticate", "Basic realm=\"Sallyport\"");
    else if (response.status == 401)
        fields.append("WWW-Authenticate", "Bearer realm=\"Sallyport\"");
    if (what.closes) fields.append("Connection", "close");
    m_recorder->responseHead(response.status, reasonPhrase(response.status), fields);
    m_recorder->responseBody(content);
    m_recorder->ownError(response.code, response.message);
    appendResponseHead(m_out, response.status, reasonPhrase(response.status), fields);
    if (m_head.method != "HEAD") m_out.append(content);
}

void Exchange::perform(const ExchangeActions& actions) {
    for (const ExchangeAction& each : actions) {
        if (std::holds_alternative<action::RelayInterim>(each)) {
            sendInterim(m_response);
        } else if (const auto* head = std::get_if<action::SendHead>(&each)) {
            perform(*head);
        } else if (const auto* error = std::get_if<action::SendError>(&each)) {
            perform(*error);
        } else if (std::holds_alternative<action::SendLastChunk>(each)) {
            appendLastChunk(m_out, m_trailers ? *m_trailers : FieldList());
        } else if (std::holds_alternative<action::CancelUpstream>(each)) {
            m_upstream.reset();
            m_connecting.reset();
        } else if (const auto* report = std::get_if<action::Report>(&each)) {
            m_recorder->ended(report->end, report->error);
        } else if (std::holds_alternative<action::NextRequest>(each)) {
            over(Downstream::After::NextRequest);
        } else if (std::holds_alternative<action::CloseDownstream>(each)) {
            over(Downstream::After::Close);
        } else if (std::holds_alternative<action::CutDownstream>(each)) {
            over(Downstream::After::Cut);
        }
    }
}

void Exchange::over(Downstream::After after) {
    if (m_keepalive) m_keepalive->disarm();
    m_sse.reset();
    flush();
    m_upstream.reset();
    m_connecting.reset();
    m_recorder.reset();
    m_transport.reset();
    m_route = nullptr;
    m_group = nullptr;
    m_rules.reset();
    m_downstream.exchangeOver(after);
}

} // namespace sallyport
