// SPDX-License-Identifier: MIT
#include "core/proxy/interception.h"

#include "core/proxy/errorresponse.h"
#include "core/tls/tlserror.h"
#include "core/upstream/upstreamerror.h"
#include "core/upstream/wayout.h"

#include <QCoreApplication>

namespace sallyport {

Interception::Interception(ProxyContext& context, StreamPtr stream, InterceptionRequest request,
                           Observer& observer)
    : m_context(context)
    , m_stream(std::move(stream))
    , m_request(std::move(request))
    , m_observer(observer)
    , m_deadline(context.deadlines, [this] { expired(); }) {}

void Interception::start(QByteArrayView early) {
    m_stream->setObserver(this);
    m_deadline.arm(m_request.rules->config->settings.limits.headerTimeout);
    m_stream->setReading(true);
    if (!early.isEmpty()) streamReceived(early);
}

void Interception::streamReceived(QByteArrayView bytes) {
    const ClientHelloReader::Verdict verdict = m_reader.take(bytes);
    if (verdict == ClientHelloReader::Verdict::Undecided) return;
    m_stream->setReading(false);
    const InterceptionDecision opening =
        interceptionDecision(verdict, m_reader.hello(), m_request.tunnel.authority.host);
    switch (opening.kind) {
    case InterceptionDecision::Kind::Open: open(); return;
    case InterceptionDecision::Kind::Blind: stayBlind(opening.why); return;
    case InterceptionDecision::Kind::Refuse: refuse(opening.alert, opening.why); return;
    }
}

void Interception::open() {
    auto engine = m_request.rules->certificates->engineFor(m_request.tunnel.authority.host);
    if (!engine) {
        refuse(TlsAlert::InternalError, engine.error());
        return;
    }
    (*engine)->setInput(m_reader.received());
    (*engine)->keepRest();
    m_request.recorder->intercepted(m_request.tunnel.entry);
    TlsHandshake::Observer& self = *this;
    m_handshake = std::make_unique<TlsHandshake>(
        std::move(m_stream), std::move(*engine),
        TlsSurroundings{m_context.connector.deferredTasks(), m_context.deadlines}, self);
}

void Interception::handshakeDone(StreamPtr stream) {
    m_deadline.disarm();
    m_observer.tunnelOpened(std::move(stream),
                            {std::move(m_request.tunnel), std::move(m_request.recorder)});
}

void Interception::handshakeFailed(const TlsHandshakeFailure& failure) {
    const bool isDistrusted =
        failure.hasPeerLeft || (failure.peerAlert && isDistrust(*failure.peerAlert));
    const QString& detail = failure.error.detail;
    leave(ExchangeEnd::ClientGone,
          isDistrusted ? distrustText(m_request.tunnel.authority.host, detail) : detail);
}

void Interception::stayBlind(const QString& why) {
    m_request.recorder->notIntercepted(why);
    if (m_request.blindRefusal) {
        failBlind(*m_request.blindRefusal);
        return;
    }
    m_deadline.disarm();
    ConnectObserver& self = *this;
    ConnectTarget to =
        m_request.rules->connectTarget(m_request.tunnel.authority, std::move(m_request.via));
    m_way = to.wayOut;
    m_connecting = m_context.connector.connectTo(std::move(to), self);
}

void Interception::connected(StreamPtr stream) {
    m_request.recorder->connected(QString::fromLatin1(m_request.tunnel.authority.toBytes()), false);
    if (m_way) m_request.recorder->wentBy(m_way->name);
    m_observer.tunnelStaysBlind({std::move(m_stream), std::move(stream), m_reader.received(),
                                 m_way ? m_way->early : QByteArray(),
                                 std::move(m_request.recorder)});
}

void Interception::connectFailed(const StreamError& error) { failBlind(connectFailure(error)); }

/// The 200 has gone: a reset is all that can still tell the client.
void Interception::failBlind(const ExchangeError& error) {
    ErrorContext context;
    context.target = QString::fromLatin1(m_request.tunnel.authority.toBytes());
    context.isNamedByClient = true;
    const ErrorResponse response = errorResponseFor(error, context);
    m_request.recorder->ownError(response.code, response.message);
    m_stream->abort();
    leave(error.side == Side::Upstream ? ExchangeEnd::UpstreamError : ExchangeEnd::Refused, {});
}

void Interception::refuse(TlsAlert alert, const QString& why) {
    m_request.recorder->notIntercepted(why);
    m_stream->write(alertRecord(alert));
    m_stream->closeGracefully();
    leave(ExchangeEnd::Refused, why);
}

void Interception::streamPeerFinished() {
    m_stream->closeGracefully();
    leave(ExchangeEnd::ClientGone, {});
}

void Interception::streamFailed(const StreamError&) { leave(ExchangeEnd::ClientGone, {}); }

void Interception::expired() {
    const QString seconds =
        QString::number(m_request.rules->config->settings.limits.headerTimeout.count() / 1000);
    if (m_stream) m_stream->closeGracefully();
    m_handshake.reset();
    leave(ExchangeEnd::ClientGone,
          QCoreApplication::translate("Interception",
                                      "the client began no TLS within %1 s after its CONNECT")
              .arg(seconds));
}

void Interception::cut() {
    if (m_stream) m_stream->abort();
    m_handshake.reset();
    leave(ExchangeEnd::ClientGone, {});
}

void Interception::leave(ExchangeEnd end, const QString& why) {
    m_deadline.disarm();
    m_connecting.reset();
    if (m_request.recorder) m_request.recorder->ended(end, why);
    m_request.recorder.reset();
    m_observer.interceptionOver();
}

} // namespace sallyport
