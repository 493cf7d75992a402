// SPDX-License-Identifier: MIT
#include "core/proxy/clientconnection.h"

namespace sallyport {

namespace {

ErrorCode codeOf(ParseErrorKind kind) {
    switch (kind) {
    case ParseErrorKind::BadVersion: return ErrorCode::VersionUnsupported;
    case ParseErrorKind::TargetTooLong: return ErrorCode::TargetTooLong;
    case ParseErrorKind::HeadTooLarge: return ErrorCode::HeadTooLarge;
    case ParseErrorKind::UnsupportedCoding: return ErrorCode::MethodUnsupported;
    case ParseErrorKind::BadStartLine:
    case ParseErrorKind::BadTarget:
    case ParseErrorKind::BadFieldName:
    case ParseErrorKind::BadFieldValue:
    case ParseErrorKind::BadLineEnd:
    case ParseErrorKind::BadHost:
    case ParseErrorKind::BadContentLength:
    case ParseErrorKind::BadTransferEncoding:
    case ParseErrorKind::LengthAndEncoding:
    case ParseErrorKind::BadChunk:
    case ParseErrorKind::BadTrailer:
    case ParseErrorKind::Truncated: return ErrorCode::MalformedRequest;
    }
    Q_UNREACHABLE();
}

} // namespace

ClientConnection::ClientConnection(ProxyContext& context, ConnectionKeeper& keeper,
                                   StreamPtr stream)
    : m_context(context)
    , m_keeper(keeper)
    , m_stream(std::move(stream))
    , m_limits(context.rules->config->settings.limits)
    , m_address(m_stream->peer().address)
    , m_client(m_address.toString())
    , m_isRemoteClient(!m_address.isLoopback())
    , m_parser(parseLimitsOf(m_limits))
    , m_deadline(context.deadlines, [this] { expired(); })
    , m_writeWatch(context.deadlines, *m_stream, m_limits.writeTimeout,
                   [this] { clientStalled(); }) {}

ClientConnection::~ClientConnection() = default;

void ClientConnection::start() {
    m_stream->setObserver(this);
    m_deadline.arm(m_limits.headerTimeout);
    updateReading();
}

void ClientConnection::refuse(const ExchangeError& error) {
    m_stream->setObserver(this);
    exchange().startMalformed(error);
}

void ClientConnection::streamReceived(QByteArrayView bytes) { takeIn(bytes); }

void ClientConnection::takeIn(QByteArrayView bytes) {
    if (m_isOver) return;
    if (m_pending.isEmpty()) {
        const QByteArrayView rest = process(bytes);
        if (!rest.isEmpty() && !m_isOver) m_pending.append(rest);
    } else {
        m_pending.append(bytes);
        resume();
    }
    if (!m_isOver) updateReading();
}

void ClientConnection::resume() {
    if (m_isOver || m_inProcess || m_pending.isEmpty()) return;
    const QByteArray input = std::exchange(m_pending, {});
    const QByteArrayView rest = process(input);
    if (m_isOver) return;
    if (m_tunnel) return;
    m_pending.prepend(rest.toByteArray());
    updateReading();
}

QByteArrayView ClientConnection::process(QByteArrayView input) {
    m_inProcess = true;
    while (!m_isOver) {
        const bool isBusy = m_exchange && !m_exchange->isOver();
        if (isBusy && !m_exchange->takesRequest()) break;
        const ParseOutcome outcome = m_parser.next(input);
        input = input.sliced(outcome.consumed);
        if (outcome.step == ParseStep::NeedMore) {
            timeHead();
            break;
        }
        if (outcome.step == ParseStep::Head) {
            beginExchange();
        } else if (outcome.step == ParseStep::Body) {
            m_deadline.arm(m_limits.bodyTimeout);
            m_exchange->requestBytes(outcome.body);
        } else if (outcome.step == ParseStep::End) {
            m_deadline.disarm();
            if (m_exchange && m_exchange->takesRequest())
                m_exchange->requestEnded(m_parser.trailers());
            m_parser.reset();
        } else {
            headFailed(m_parser.error());
            break;
        }
    }
    m_inProcess = false;
    return m_isOver ? QByteArrayView() : input;
}

/// The whole of a head is timed from its first byte on, whatever trickles in after that.
void ClientConnection::timeHead() {
    if (m_isHeadTimed || m_parser.isBetweenMessages() || isBusy()) return;
    m_isHeadTimed = true;
    m_deadline.arm(m_limits.headerTimeout);
}

Exchange& ClientConnection::exchange() {
    Downstream& self = *this;
    if (!m_exchange)
        m_exchange = std::make_unique<Exchange>(m_context, self, m_client, m_isRemoteClient);
    return *m_exchange;
}

void ClientConnection::beginExchange() {
    const Framing framing = m_parser.framing();
    RequestHead head = m_parser.takeHead();
    m_isHeadTimed = false;
    if (framing.kind == BodyKind::None) {
        m_deadline.disarm();
        // The end of a message without content needs no byte more: the parser is free at once.
        const ParseOutcome end = m_parser.next({});
        Q_ASSERT(end.step == ParseStep::End);
        Q_UNUSED(end)
        m_parser.reset();
    } else {
        m_deadline.arm(m_limits.bodyTimeout);
    }
    exchange().start(std::move(head), framing);
}

void ClientConnection::headFailed(const ParseError& error) {
    if (m_exchange && !m_exchange->isOver()) {
        m_exchange->requestFailed(codeOf(error.kind));
        return;
    }
    exchange().startMalformed(
        {codeOf(error.kind), Side::Downstream, QString::fromLatin1(error.reason)},
        m_parser.head().method);
}

void ClientConnection::streamPeerFinished() {
    // As with every HTTP server of note, a client that ends its side has gone: nobody pays for
    // tokens that nobody reads.
    if (m_exchange && !m_exchange->isOver()) {
        m_exchange->clientGone();
        return;
    }
    // Of a response that is over what still waits for the client goes to it.
    m_stream->closeGracefully();
    finish();
}

void ClientConnection::streamWritable() {
    if (m_exchange) m_exchange->clientWritable();
}

void ClientConnection::streamFailed(const StreamError&) {
    if (m_exchange && !m_exchange->isOver()) m_exchange->clientGone();
    finish();
}

void ClientConnection::sendDownstream(QByteArrayView first, QByteArrayView second) {
    if (!m_stream) return;
    m_stream->write(first, second);
    m_writeWatch.wrote(first.size() + second.size());
}

/// A slow reader may be slow; one that takes nothing at all for so long is gone.
void ClientConnection::clientStalled() {
    if (m_exchange && !m_exchange->isOver())
        m_exchange->clientGone(QStringLiteral("the client took nothing for %1 s")
                                   .arg(m_writeWatch.limit().count() / 1000));
    if (m_isOver) return;
    m_stream->abort();
    finish();
}

bool ClientConnection::isDownstreamCongested() const { return m_stream && m_stream->isCongested(); }

void ClientConnection::holdUpload(bool isHeld) {
    m_uploadHeld = isHeld;
    // The client is not late while we do not listen.
    if (isHeld)
        m_deadline.disarm();
    else if (m_exchange && m_exchange->takesRequest())
        m_deadline.arm(m_limits.bodyTimeout);
    updateReading();
}

void ClientConnection::updateReading() {
    if (!m_stream || m_tunnel) return;
    const bool wanted = !m_uploadHeld && m_pending.size() < m_limits.pipelined;
    if (wanted == m_isReading) return;
    m_isReading = wanted;
    m_stream->setReading(wanted);
}

void ClientConnection::exchangeOver(After after) {
    switch (after) {
    case After::NextRequest:
        if (m_context.isDraining) {
            m_stream->closeGracefully();
            finish();
            return;
        }
        m_uploadHeld = false;
        m_deadline.arm(m_limits.idleTimeout);
        if (!m_pending.isEmpty() && !m_inProcess) m_keeper.resumeLater(*this);
        if (!m_inProcess) updateReading();
        return;
    case After::Close:
        m_stream->closeGracefully();
        finish();
        return;
    case After::Cut:
        m_stream->abort();
        finish();
        return;
    }
}

void ClientConnection::handOver(StreamPtr upstream, QByteArray early,
                                std::unique_ptr<ExchangeRecorder> recorder) {
    m_deadline.disarm();
    m_writeWatch.stop();
    m_tunnel = std::make_unique<Tunnel>(std::move(m_stream), std::move(upstream),
                                        std::move(recorder), [this] { finish(); });
    m_tunnel->setLimits(m_context.deadlines,
                        {m_limits.tunnelHalfClosed, m_limits.tunnelIdle, m_limits.writeTimeout});
    const QByteArray fromClient = std::exchange(m_pending, {});
    m_tunnel->start(fromClient, early);
}

void ClientConnection::handOverToEvents(QByteArray handshake,
                                        std::unique_ptr<ExchangeRecorder> recorder) {
    m_context.events.adopt(std::move(m_stream), handshake + std::exchange(m_pending, {}),
                           std::move(recorder));
    finish();
}

void ClientConnection::expired() {
    if (m_exchange && !m_exchange->isOver()) {
        m_exchange->requestFailed(ErrorCode::BodyTimeout);
        return;
    }
    if (m_parser.isBetweenMessages()) {
        m_stream->closeGracefully();
        finish();
        return;
    }
    exchange().startMalformed({ErrorCode::HeadTimeout, Side::Downstream, {}});
}

void ClientConnection::drain() {
    if (isBusy() || !m_stream) return;
    m_stream->closeGracefully();
    finish();
}

void ClientConnection::cut() {
    if (m_tunnel) {
        m_tunnel->cut();
        return;
    }
    if (m_exchange && !m_exchange->isOver()) m_exchange->clientGone();
    finish();
}

void ClientConnection::finish() {
    if (m_isOver) return;
    m_isOver = true;
    m_deadline.disarm();
    m_writeWatch.stop();
    m_keeper.connectionOver(*this);
}

} // namespace sallyport
