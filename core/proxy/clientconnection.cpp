// SPDX-License-Identifier: MIT
#include "core/proxy/clientconnection.h"

#include <algorithm>

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
    , m_client{m_address.toString(), !m_address.isLoopback()}
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
    makeExchange({}, {}).refuse(error);
}

void ClientConnection::streamReceived(QByteArrayView bytes) {
    if (m_isOver) return;
    // What keeps earlier input from being taken resumes with it when it ends.
    if (m_input.isEmpty()) bytes = takeTurn(bytes);
    if (m_isOver) return;
    if (!bytes.isEmpty()) m_input.append(bytes);
    updateReading();
}

void ClientConnection::resume() {
    m_isToResume = false;
    if (m_isOver || m_tunnel || m_input.isEmpty() || !takesInput()) return;
    ByteQueue input = std::exchange(m_input, {});
    const qsizetype left = takeTurn(input.front()).size();
    if (m_isOver || m_tunnel) return;
    input.take(input.size() - left);
    m_input = std::move(input);
    updateReading();
    endWithPeer();
}

void ClientConnection::resumeLater() {
    if (std::exchange(m_isToResume, true)) return;
    m_keeper.resumeLater(*this);
}

/// Whether the parser may have more: not while a complete request still has no complete response,
/// nor while what was sent is left unread.
bool ClientConnection::takesInput() const {
    if (isExchangeRunning()) return m_exchange->takesRequest();
    return m_stream->pendingBytes() < kMaxPendingForNext;
}

/// Takes what one turn may take of `input`, and returns what is left.
QByteArrayView ClientConnection::takeTurn(QByteArrayView input) {
    m_isInTurn = true;
    m_turnRequests = 0;
    QByteArrayView turn = input.first(std::min(input.size(), kTurnBytes));
    const qsizetype later = input.size() - turn.size();
    while (!m_isOver && takesInput()) {
        if (m_turnRequests == kTurnRequests && !isExchangeRunning()) break;
        const ParseOutcome outcome = m_parser.next(turn);
        turn = turn.sliced(outcome.consumed);
        if (!takeStep(outcome)) break;
    }
    m_isInTurn = false;
    if (m_isOver) return {};
    const QByteArrayView left = input.last(turn.size() + later);
    if (!left.isEmpty() && takesInput()) resumeLater();
    return left;
}

/// False when the parser has nothing more to say for now.
bool ClientConnection::takeStep(const ParseOutcome& outcome) {
    switch (outcome.step) {
    case ParseStep::NeedMore: timeHead(); return false;
    case ParseStep::Head: beginExchange(); return true;
    case ParseStep::Body:
        // What was read together with the piece that held the upload is not late either.
        if (!m_isUploadHeld) m_deadline.arm(m_limits.bodyTimeout);
        m_exchange->requestBytes(outcome.body);
        return true;
    case ParseStep::End:
        m_deadline.disarm();
        if (m_exchange && m_exchange->takesRequest()) m_exchange->requestEnded(m_parser.trailers());
        m_parser.reset();
        return true;
    case ParseStep::Error: headFailed(m_parser.error()); return false;
    }
    Q_UNREACHABLE();
}

/// The whole of a head is timed from its first byte on, whatever trickles in after that.
void ClientConnection::timeHead() {
    if (m_isHeadTimed || m_parser.isBetweenMessages() || isExchangeRunning()) return;
    m_isHeadTimed = true;
    m_deadline.arm(m_limits.headerTimeout);
}

Exchange& ClientConnection::makeExchange(RequestHead head, Framing framing) {
    Downstream& self = *this;
    return m_exchange.emplace(m_context, self, m_client, std::move(head), framing);
}

void ClientConnection::beginExchange() {
    ++m_turnRequests;
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
    makeExchange(std::move(head), framing).start();
}

void ClientConnection::headFailed(const ParseError& error) {
    const ErrorCode code = codeOf(error.kind);
    if (isExchangeRunning()) {
        m_exchange->requestFailed(code);
        return;
    }
    RequestHead head;
    head.method = m_parser.head().method;
    // The text of a 414 names the limit, which is all that there is to say.
    const QString detail =
        code == ErrorCode::TargetTooLong ? QString() : QString::fromLatin1(error.reason);
    makeExchange(std::move(head), {}).refuse({code, Side::Downstream, detail});
}

void ClientConnection::streamPeerFinished() {
    m_peerEnd = PeerEnd::Finished;
    endWithPeer();
}

void ClientConnection::streamPeerClosePending() {
    m_peerEnd = PeerEnd::Unread;
    endWithPeer();
}

/// A client that has ended its side is gone: TCP does not tell a close from a half-close, and a
/// response that nobody reads may cost money. What needs no upstream it still gets.
void ClientConnection::endWithPeer() {
    if (m_isOver || m_peerEnd == PeerEnd::None) return;
    if (isExchangeRunning())
        m_exchange->clientGone();
    else if (m_peerEnd == PeerEnd::Finished && m_input.isEmpty())
        closeGracefully();
}

void ClientConnection::streamWritable() {
    if (isExchangeRunning())
        m_exchange->clientWritable();
    else if (!m_isToResume)
        resume();
}

void ClientConnection::streamFailed(const StreamError&) {
    if (isExchangeRunning()) m_exchange->clientGone();
    finish();
}

void ClientConnection::sendDownstream(QByteArrayView first, QByteArrayView second) {
    if (!m_stream) return;
    m_stream->write(first, second);
    m_writeWatch.wrote(first.size() + second.size());
}

/// A client may read slowly; one that reads no byte for limits.write_timeout counts as gone.
void ClientConnection::clientStalled() {
    if (isExchangeRunning())
        m_exchange->clientGone(QStringLiteral("the client took nothing for %1 s")
                                   .arg(m_writeWatch.limit().count() / 1000));
    if (m_isOver) return;
    m_stream->abort();
    finish();
}

bool ClientConnection::isDownstreamCongested() const { return m_stream && m_stream->isCongested(); }

void ClientConnection::holdUpload(bool isHeld) {
    m_isUploadHeld = isHeld;
    // The client is not late while it is not read from.
    if (isHeld)
        m_deadline.disarm();
    else if (m_exchange && m_exchange->takesRequest())
        m_deadline.arm(m_limits.bodyTimeout);
    updateReading();
}

void ClientConnection::updateReading() {
    if (!m_stream || m_tunnel) return;
    const bool wanted = !m_isUploadHeld && m_input.size() < m_limits.pipelined;
    if (wanted == m_isReading) return;
    m_isReading = wanted;
    m_stream->setReading(wanted);
}

void ClientConnection::exchangeOver(After after) {
    switch (after) {
    case After::NextRequest:
        if (m_context.isDraining) {
            closeGracefully();
            return;
        }
        m_isUploadHeld = false;
        m_deadline.arm(m_limits.idleTimeout);
        if (m_isInTurn) return;
        if (!m_input.isEmpty()) resumeLater();
        updateReading();
        return;
    case After::Close: closeGracefully(); return;
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
    const QByteArray fromClient = std::exchange(m_input, {}).front().toByteArray();
    m_tunnel->start(fromClient, early);
}

void ClientConnection::handOverToEvents(QByteArray handshake,
                                        std::unique_ptr<ExchangeRecorder> recorder) {
    handshake.append(std::exchange(m_input, {}).front());
    m_context.events.adopt(std::move(m_stream), std::move(handshake), std::move(recorder));
    finish();
}

void ClientConnection::expired() {
    if (isExchangeRunning())
        m_exchange->requestFailed(ErrorCode::BodyTimeout);
    else if (!m_parser.isBetweenMessages())
        makeExchange({}, {}).refuse({ErrorCode::HeadTimeout, Side::Downstream, {}});
    else if (m_input.isEmpty())
        closeGracefully();
    else // requests wait until the client reads, which limits.write_timeout bounds
        m_deadline.arm(m_limits.idleTimeout);
}

void ClientConnection::drain() {
    if (!m_tunnel && !isExchangeRunning()) closeGracefully();
}

void ClientConnection::cut() {
    if (m_tunnel) {
        m_tunnel->cut();
        return;
    }
    if (isExchangeRunning()) m_exchange->clientGone();
    finish();
}

/// What waits for the client still goes to it.
void ClientConnection::closeGracefully() {
    if (!m_stream) return;
    m_stream->closeGracefully();
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
