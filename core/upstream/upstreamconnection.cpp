// SPDX-License-Identifier: MIT
#include "core/upstream/upstreamconnection.h"

#include "core/upstream/authbinding.h"
#include "core/upstream/keepalive.h"
#include "core/upstream/upstreamerror.h"
#include "core/upstream/wayout.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sallyport {

UpstreamConnection::UpstreamConnection(StreamPtr stream, std::size_t target,
                                       DeadlineQueue& deadlines,
                                       const SocketTransportOptions& options)
    : m_stream(std::move(stream))
    , m_target(target)
    , m_peer(m_stream->peer())
    , m_timeouts(options.timeouts)
    , m_idleFor(options.idleFor)
    , m_maxInterims(options.limits.interimResponses)
    , m_parser(options.limits.parse)
    , m_deadline(deadlines, [this] { expired(); }) {
    m_stream->setObserver(this);
}

UpstreamConnection::~UpstreamConnection() = default;

void UpstreamConnection::begin(ConnectionUser& user, QByteArrayView method) {
    m_user = &user;
    m_place = nullptr;
    m_phase = Phase::Head;
    m_mark = m_stream->deliveryMark();
    m_interims = 0;
    m_isInterim = false;
    m_isPersistent = false;
    m_awaitsProof = false;
    m_parser.expectResponseTo(method);
    setReading(true);
}

void UpstreamConnection::touch() {
    if (!m_reading || m_awaitsProof) return;
    m_deadline.arm(m_phase == Phase::Body ? m_timeouts.idle : m_timeouts.firstByte);
}

void UpstreamConnection::setReading(bool on) {
    m_reading = on;
    if (!m_stream) return;
    m_stream->setReading(on);
    // While we do not read, the origin's silence is not counted.
    if (on)
        touch();
    else if (!m_awaitsProof)
        m_deadline.disarm();
}

std::chrono::milliseconds UpstreamConnection::idleTime() const {
    if (!m_announcedIdle) return m_idleFor;
    return std::min(m_idleFor, std::chrono::milliseconds(*m_announcedIdle));
}

void UpstreamConnection::idle(IdleConnections& place) {
    m_user = nullptr;
    m_place = &place;
    m_phase = Phase::Idle;
    m_reading = true;
    m_stream->setReading(true);
    m_deadline.arm(idleTime());
}

void UpstreamConnection::close() {
    m_user = nullptr;
    m_place = nullptr;
    m_deadline.disarm();
    m_stream.reset();
}

void UpstreamConnection::abort() {
    if (m_stream) m_stream->abort();
    close();
}

void UpstreamConnection::streamReceived(QByteArrayView bytes) {
    const auto self = shared_from_this();
    if (!m_user) { // bytes without a request
        if (m_place) m_place->drop(*this);
        return;
    }
    while (true) {
        const ParseOutcome outcome = m_parser.next(bytes);
        bytes = bytes.sliced(outcome.consumed);
        if (!step(outcome, bytes)) break;
    }
    if (!m_user || m_phase != Phase::Body) return;
    touch();
    m_user->responseTurnEnded();
}

bool UpstreamConnection::step(const ParseOutcome& outcome, QByteArrayView rest) {
    switch (outcome.step) {
    case ParseStep::NeedMore: return false;
    case ParseStep::Head: return headCame();
    case ParseStep::Body: m_user->responseBody(outcome.body); return m_user != nullptr;
    case ParseStep::End: return messageEnded(rest);
    case ParseStep::Error:
        lose(ErrorCode::UpstreamProtocol, QString::fromLatin1(m_parser.error().reason));
        return false;
    }
    return false;
}

bool UpstreamConnection::headCame() {
    const ResponseHead& head = m_parser.head();
    m_isInterim = head.isInterim();
    if (responseBindsConnection(head.fields)) m_isBound = true;
    if (m_isInterim) {
        if (++m_interims > m_maxInterims) {
            lose(ErrorCode::UpstreamProtocol, QStringLiteral("too many interim responses"));
            return false;
        }
        m_user->responseInterim(head);
        return m_user != nullptr;
    }
    if (head.status == 101) {
        // RFC 9110 7.8: to nothing but what was asked for.
        if (m_user->asksForUpgrade(head.fields)) return true; // its end follows
        lose(ErrorCode::UpstreamProtocol, QStringLiteral("101 to what was not asked for"));
        return false;
    }
    if (isChallengeOfProxy(head)) {
        loginEnded(head);
        return false;
    }
    m_phase = Phase::Body;
    const Framing framing = m_parser.framing();
    m_isPersistent = head.version.minor >= 1 && framing.kind != BodyKind::UntilClose &&
                     isPersistent(head.version, head.fields);
    m_announcedIdle = announcedIdleTime(head.fields);
    m_user->responseHead(m_parser.takeHead(), framing);
    return m_user != nullptr;
}

/// 407 on a connection whose login had been taken; after CONNECT it would be the origin's own.
bool UpstreamConnection::isChallengeOfProxy(const ResponseHead& head) const {
    constexpr int kProxyAuthenticationRequired = 407;
    return m_way && m_way->login && head.status == kProxyAuthenticationRequired;
}

/// The nonce has ended, or the time of the connection: the proxy has passed nothing on, and the
/// next connection logs in anew.
void UpstreamConnection::loginEnded(const ResponseHead& head) {
    m_way->login->loginEnded();
    ConnectionUser& user = *m_user;
    const QString detail =
        QCoreApplication::translate("ProxyFailure", "the proxy of %1 wants a new login (%2 %3); "
                                                    "the next request logs in again")
            .arg(m_way->name)
            .arg(head.status)
            .arg(QString::fromLatin1(head.reason.left(100)));
    abort();
    user.connectionLost(upstreamError(ErrorCode::UpstreamReset, detail), Loss::NotProcessed);
}

bool UpstreamConnection::messageEnded(QByteArrayView rest) {
    if (m_isInterim) {
        m_isInterim = false;
        m_parser.reset();
        return true;
    }
    if (m_phase == Phase::Head) {
        switchProtocols(rest);
        return false;
    }
    // Bytes after the response would be taken for the response to the next request.
    complete(m_isPersistent && rest.isEmpty());
    return false;
}

void UpstreamConnection::switchProtocols(QByteArrayView early) {
    m_deadline.disarm();
    m_stream->setReading(false);
    m_stream->setObserver(nullptr);
    ConnectionUser& user = *std::exchange(m_user, nullptr);
    user.responseSwitched(m_parser.takeHead(), std::move(m_stream), early.toByteArray());
}

void UpstreamConnection::complete(bool mayBeReused) {
    m_deadline.disarm();
    // A copy (of nothing, nearly always): the next exchange may begin inside the call.
    const FieldList trailers = m_parser.trailers();
    ConnectionUser& user = *std::exchange(m_user, nullptr);
    user.responseEnd(trailers, mayBeReused);
}

void UpstreamConnection::streamPeerFinished() {
    const auto self = shared_from_this();
    if (!m_user) {
        if (m_place) m_place->drop(*this);
        return;
    }
    if (m_phase == Phase::Body && m_parser.finish().step == ParseStep::End) {
        complete(false);
        return;
    }
    if (isBeforeResponse() && m_user->asksForProof() &&
        m_stream->deliverySince(m_mark) == Delivery::Undecided) {
        m_awaitsProof = true;
        m_deadline.arm(kProof);
        return;
    }
    lose(ErrorCode::UpstreamReset,
         m_phase == Phase::Body ? QStringLiteral("the connection ended in mid-response")
                                : QStringLiteral("the connection ended before a response came"));
}

void UpstreamConnection::streamWritable() {
    const auto self = shared_from_this();
    if (!m_user) return;
    touch();
    m_user->connectionWritable();
}

void UpstreamConnection::streamFailed(const StreamError& error) {
    const auto self = shared_from_this();
    if (!m_user) {
        if (m_place) m_place->drop(*this);
        return;
    }
    // TLS 1.3: a server refuses our certificate after the handshake, with an alert (RFC
    // 8446 4.4.2.4).
    const bool isTls = error.fault == StreamFault::TlsFailed && isBeforeResponse();
    lose(isTls ? ErrorCode::UpstreamTls : ErrorCode::UpstreamReset, error.detail);
}

bool UpstreamConnection::isBeforeResponse() const {
    return m_phase == Phase::Head && m_interims == 0 && m_parser.isBetweenMessages();
}

Loss UpstreamConnection::lossAfter(ErrorCode code) const {
    const bool isLoss = code == ErrorCode::UpstreamReset || code == ErrorCode::UpstreamTls;
    if (!isLoss || !isBeforeResponse()) return Loss::Otherwise;
    const bool isProven = m_stream->deliverySince(m_mark) == Delivery::None;
    return isProven ? Loss::NotProcessed : Loss::BeforeResponse;
}

void UpstreamConnection::lose(ErrorCode code, const QString& detail) {
    const Loss loss = lossAfter(code);
    ConnectionUser& user = *m_user;
    abort();
    user.connectionLost(upstreamError(code, detail), loss);
}

void UpstreamConnection::expired() {
    const auto self = shared_from_this();
    if (!m_user) {
        if (m_place) m_place->drop(*this);
        return;
    }
    if (m_awaitsProof)
        lose(ErrorCode::UpstreamReset,
             QStringLiteral("the connection ended before a response came"));
    else if (m_phase == Phase::Body)
        lose(ErrorCode::UpstreamIdleTimeout,
             QStringLiteral("silent for %1 ms in mid-response").arg(m_timeouts.idle.count()));
    else
        lose(ErrorCode::UpstreamFirstByteTimeout,
             QStringLiteral("no response within %1 ms").arg(m_timeouts.firstByte.count()));
}

} // namespace sallyport
