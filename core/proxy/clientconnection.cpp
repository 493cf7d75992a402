// SPDX-License-Identifier: MIT
#include "core/proxy/clientconnection.h"

#include "core/proxy/errorresponse.h"

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
                                   StreamPtr stream, std::optional<OpenedConnect> opened)
    : m_context(context)
    , m_keeper(keeper)
    , m_stream(std::move(stream))
    , m_limits(context.rules->config->settings.limits)
    , m_address(m_stream->peer().address)
    , m_client{m_address.toString(), !m_address.isLoopback(), m_stream->isEncrypted()}
    , m_parser(parseLimitsOf(m_limits))
    , m_deadline(context.deadlines, [this] { expired(); })
    , m_writeWatch(context.deadlines, *m_stream, m_limits.writeTimeout,
                   [this] { clientStalled(); }) {
    if (!opened) return;
    m_client.tunnel = std::move(opened->tunnel);
    m_connect = std::move(opened->recorder);
}

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
    if (const auto connect = std::move(m_connect)) connect->ended(ExchangeEnd::Complete);
    // What keeps earlier input from being taken resumes with it when it ends.
    if (m_input.isEmpty()) bytes = takeTurn(bytes);
    if (m_isOver) return;
    if (!bytes.isEmpty()) m_input.append(bytes);
    updateReading();
}

void ClientConnection::resume() {
    m_isToResume = false;
    if (m_isOver || !m_stream || m_input.isEmpty() || !takesInput()) return;
    ByteQueue input = std::exchange(m_input, {});
    const qsizetype left = takeTurn(input.front()).size();
    if (m_isOver || !m_stream) return;
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
    m_left = input;
    const qsizetype later = std::max(input.size() - kTurnBytes, qsizetype{0});
    while (!m_isOver && m_stream && takesInput()) {
        if (m_turnRequests == kTurnRequests && !isExchangeRunning()) break;
        if (isTlsNext()) {
            refuseTls();
            break;
        }
        const ParseOutcome outcome = m_parser.next(m_left.chopped(later));
        m_left = m_left.sliced(outcome.consumed);
        if (!takeStep(outcome)) break;
    }
    m_isInTurn = false;
    const QByteArrayView left = std::exchange(m_left, {});
    if (m_isOver || !m_stream) return {};
    if (!left.isEmpty() && takesInput()) resumeLater();
    return left;
}

/// No request begins with this byte.
bool ClientConnection::isTlsNext() const {
    return !m_left.isEmpty() && m_left.front() == ClientHelloReader::kHandshakeRecord &&
           m_parser.isBetweenMessages() && !isExchangeRunning();
}

/// A TLS client shows nothing of a 400 in plain text; of an alert it shows that this is the end.
void ClientConnection::refuseTls() {
    const ErrorResponse error =
        errorResponseFor({ErrorCode::TlsToPlainPort, Side::Downstream, {}}, {});
    const auto recorder = m_context.log.begin(m_client.address);
    recorder->requestHead(RequestRole::Gateway, {}, {});
    recorder->ownError(error.code, error.message);
    recorder->ended(ExchangeEnd::Refused);
    sendDownstream(alertRecord(TlsAlert::HandshakeFailure), {});
    closeGracefully();
}

/// What was received and not taken, for what takes over.
QByteArray ClientConnection::takeRest() {
    QByteArray rest = std::exchange(m_left, {}).toByteArray();
    return rest.append(std::exchange(m_input, {}).front());
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
    return m_exchange.emplace(m_context, self, m_client, ReceivedRequest{std::move(head), framing});
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
    clientLeft();
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

/// Clients that check a certificate after the handshake end here as well.
void ClientConnection::clientLeft() {
    if (const auto connect = std::move(m_connect))
        connect->ended(ExchangeEnd::ClientGone, distrustText(m_client.tunnel->authority.host, {}));
}

void ClientConnection::streamFailed(const StreamError&) {
    clientLeft();
    if (isExchangeRunning()) m_exchange->clientGone();
    finish();
}

void ClientConnection::sendDownstream(QByteArrayView first, QByteArrayView second) {
    if (!m_stream) return;
    m_writeWatch.write(first, second);
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
    m_writeWatch.stop();
    relay({std::move(m_stream), std::move(upstream), takeRest(), std::move(early),
           std::move(recorder)});
}

void ClientConnection::relay(BlindConnect tunnel) {
    m_deadline.disarm();
    m_tunnel = std::make_unique<Tunnel>(std::move(tunnel.client), std::move(tunnel.upstream),
                                        std::move(tunnel.recorder), [this] { finish(); });
    m_tunnel->setLimits(m_context.deadlines,
                        {m_limits.tunnelHalfClosed, m_limits.tunnelIdle, m_limits.writeTimeout});
    m_tunnel->start(tunnel.fromClient, tunnel.fromUpstream);
}

void ClientConnection::handOverToInterception(InterceptionRequest request) {
    m_deadline.disarm();
    m_writeWatch.stop();
    const QByteArray early = takeRest();
    Interception::Observer& self = *this;
    m_interception =
        std::make_unique<Interception>(m_context, std::move(m_stream), std::move(request), self);
    m_interception->start(early);
}

void ClientConnection::tunnelStaysBlind(BlindConnect blind) { relay(std::move(blind)); }

void ClientConnection::tunnelOpened(StreamPtr stream, OpenedConnect opened) {
    m_isOver = true;
    m_keeper.tunnelOpened(*this, std::move(stream), std::move(opened));
}

void ClientConnection::connectedToSelf() {
    m_client.tunnel.reset();
    exchangeOver(After::NextRequest);
}

void ClientConnection::handOverToEvents(QByteArray handshake,
                                        std::unique_ptr<ExchangeRecorder> recorder) {
    handshake.append(takeRest());
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
    if (m_interception && !m_tunnel) m_interception->cut();
    if (!m_tunnel && !isExchangeRunning()) closeGracefully();
}

void ClientConnection::cut() {
    if (m_tunnel) {
        m_tunnel->cut();
        return;
    }
    if (m_interception) m_interception->cut();
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
    if (m_connect) m_connect->ended(ExchangeEnd::Complete);
    m_deadline.disarm();
    m_writeWatch.stop();
    m_keeper.connectionOver(*this);
}

} // namespace sallyport
