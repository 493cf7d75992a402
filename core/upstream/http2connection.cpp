// SPDX-License-Identifier: MIT
#include "core/upstream/http2connection.h"

#include "core/upstream/upstreamerror.h"

#include <algorithm>
#include <utility>

namespace sallyport {

Http2Connection::Http2Connection(const Http2ConnectionContext& context, ConnectTarget to)
    : m_context(context)
    , m_to(std::move(to))
    , m_way(m_to.wayOut)
    , m_session(*this, context.limits)
    , m_deadline(context.deadlines, [this] { expired(); }) {}

Http2Connection::~Http2Connection() = default;

void Http2Connection::open() { m_attempt = m_context.connector.connectTo(m_to, *this); }

void Http2Connection::connected(StreamPtr stream) {
    const auto self = shared_from_this();
    m_attempt.reset();
    m_stream = std::move(stream);
    m_peer = m_stream->peer();
    m_stream->setObserver(this);
    m_stream->setReading(true);
    m_deadline.arm(m_to.timeout);
    flush();
    // What came from the origin together with the proxy's response to CONNECT.
    if (m_stream && m_way && !m_way->early.isEmpty())
        streamReceived(std::exchange(m_way->early, {}));
}

void Http2Connection::connectFailed(const StreamError& error) {
    const auto self = shared_from_this();
    m_attempt.reset();
    die(connectFailure(error));
}

bool Http2Connection::takesMore() const {
    if (m_isOver || m_isRetired || m_isExhausted || m_session.isGoingAway()) return false;
    if (isReady() && isUnused()) return m_stream->isReusable();
    return m_places.size() + m_waiting.size() < mostStreams();
}

// RFC 9113 6.5.2: 0 is for short durations; the stream begins when that is over, within the time
// that the response has.
std::uint32_t Http2Connection::mostStreams() const {
    return isReady() ? std::max(m_session.maxStreams(), 1U) : m_context.expectedStreams;
}

void Http2Connection::join(Http2User& user) {
    m_waiting.push_back(&user);
    if (isReady()) m_deadline.disarm();
    wake();
}

void Http2Connection::wake() {
    if (m_stream) m_context.connector.deferredTasks().add(*this);
}

void Http2Connection::runDeferred() {
    const auto self = shared_from_this();
    serveWaiting();
    flush();
}

void Http2Connection::serveWaiting() {
    while (isReady() && !m_waiting.empty()) {
        Http2User& user = *m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        if (m_isExhausted || m_session.isGoingAway())
            user.streamLost(upstreamError(ErrorCode::UpstreamReset,
                                          QStringLiteral("the target closes the connection")),
                            Loss::NotProcessed);
        else if (m_places.size() >= mostStreams())
            user.connectionFull();
        else
            user.connectionReady();
    }
}

void Http2Connection::begin(Http2User& user, const FieldList& fields, bool hasContent) {
    ++m_begun;
    const quint64 mark = m_stream->deliveryMark();
    const auto stream = m_session.submit(fields, hasContent);
    if (stream) {
        m_places.emplace(*stream, Place{&user, mark});
    } else {
        // No more streams on this connection (RFC 9113 5.1.1): told as going away is.
        m_isExhausted = true;
        m_waiting.push_back(&user);
    }
    wake();
}

void Http2Connection::contentCame(Http2User& user) {
    if (const auto place = placeOf(user); place != m_places.end()) m_session.resume(place->first);
    wake();
}

void Http2Connection::consume(Http2User& user, qsizetype bytes) {
    if (const auto place = placeOf(user); place != m_places.end())
        m_session.consume(place->first, bytes);
    wake();
}

void Http2Connection::leave(Http2User& user) {
    std::erase(m_waiting, &user);
    if (const auto place = placeOf(user); place != m_places.end()) {
        m_session.reset(place->first);
        m_places.erase(place);
    }
    wake();
}

void Http2Connection::retire() {
    m_isRetired = true;
    wake();
}

void Http2Connection::flush() {
    if (!m_stream) return;
    m_out.resize(0);
    const qsizetype room = ByteStream::kHighWatermark - m_stream->pendingBytes();
    m_session.takeOutput(m_out, room);
    if (!m_out.isEmpty()) m_stream->write(m_out);
    m_session.settle();
    // The library has ended the session for what it was sent, and has said so.
    if (m_session.isOver() && !isUnused())
        die(upstreamError(ErrorCode::UpstreamProtocol, m_session.endedFor()));
    else
        closeIfUnused();
}

void Http2Connection::closeIfUnused() {
    if (!m_stream || !isUnused()) return;
    const bool isOfOneUse = m_begun > 0 && m_context.idleFor.count() == 0;
    if (isOfOneUse || m_isRetired || m_isExhausted || m_session.isGoingAway() ||
        m_session.isOver()) {
        m_isOver = true;
        m_deadline.disarm();
        m_session.goAway();
        m_out.resize(0);
        m_session.takeOutput(m_out, ByteStream::kHighWatermark);
        if (!m_out.isEmpty()) m_stream->write(m_out);
        m_stream->closeGracefully();
        m_stream.reset();
        return;
    }
    if (isReady() && !m_deadline.isArmed()) m_deadline.arm(m_context.idleFor);
}

void Http2Connection::expired() {
    const auto self = shared_from_this();
    if (m_session.isReady()) {
        retire();
        return;
    }
    die({ErrorCode::UpstreamConnectTimeout, Side::Upstream,
         QStringLiteral("no HTTP/2 from the target within %1 ms").arg(m_to.timeout.count())});
}

void Http2Connection::streamReceived(QByteArrayView bytes) {
    const auto self = shared_from_this();
    m_touched.clear();
    if (const auto error = m_session.receive(bytes)) {
        m_session.settle();
        die(upstreamError(ErrorCode::UpstreamProtocol, *error));
        return;
    }
    endTurn();
    serveWaiting();
    flush();
}

void Http2Connection::endTurn() {
    const auto touched = std::exchange(m_touched, {});
    for (const std::int32_t stream : touched)
        if (Http2User* const user = userOf(stream)) user->responseTurnEnded();
}

void Http2Connection::streamPeerFinished() {
    const auto self = shared_from_this();
    die(upstreamError(ErrorCode::UpstreamReset,
                      QStringLiteral("the target closed the connection")));
}

void Http2Connection::streamWritable() {
    const auto self = shared_from_this();
    flush();
    std::vector<std::int32_t> streams;
    for (const auto& [stream, place] : m_places)
        streams.push_back(stream);
    for (const std::int32_t stream : streams)
        if (Http2User* const user = userOf(stream)) user->sendingMoved();
}

void Http2Connection::streamFailed(const StreamError& error) {
    const auto self = shared_from_this();
    // TLS 1.3: a server refuses our certificate after the handshake (RFC 8446 4.4.2.4).
    const bool isTls = error.fault == StreamFault::TlsFailed && !m_session.isReady();
    die(upstreamError(isTls ? ErrorCode::UpstreamTls : ErrorCode::UpstreamReset, error.detail));
}

void Http2Connection::sessionReady() { m_deadline.disarm(); }

void Http2Connection::streamInterim(std::int32_t stream, const ResponseHead& head) {
    const auto place = m_places.find(stream);
    if (place == m_places.end()) return;
    place->second.hasHead = true;
    place->second.user->responseInterim(head);
}

void Http2Connection::streamHead(std::int32_t stream, ResponseHead head, bool isEnd) {
    const auto place = m_places.find(stream);
    if (place == m_places.end()) return;
    place->second.hasHead = true;
    if (!isEnd) m_touched.push_back(stream);
    place->second.user->responseHead(std::move(head));
}

void Http2Connection::streamBody(std::int32_t stream, QByteArrayView bytes) {
    Http2User* const user = userOf(stream);
    if (!user) return;
    if (m_touched.empty() || m_touched.back() != stream) m_touched.push_back(stream);
    user->responseBody(bytes);
}

void Http2Connection::streamEnd(std::int32_t stream, const FieldList& trailers) {
    Http2User* const user = userOf(stream);
    m_places.erase(stream);
    if (user) user->responseEnd(trailers);
}

void Http2Connection::streamClosed(std::int32_t stream, const Http2Closure& closure) {
    Http2User* const user = userOf(stream);
    m_places.erase(stream);
    if (!user) return;
    using Kind = Http2Closure::Kind;
    const bool isMalformed = closure.kind == Kind::Malformed;
    user->streamLost(
        upstreamError(isMalformed ? ErrorCode::UpstreamProtocol : ErrorCode::UpstreamReset,
                      closure.detail),
        closure.kind == Kind::Refused ? Loss::NotProcessed : Loss::Otherwise);
}

Http2Content Http2Connection::streamContent(std::int32_t stream, std::span<std::uint8_t> room) {
    Http2User* const user = userOf(stream);
    return user ? user->takeContent(room) : Http2Content{};
}

void Http2Connection::streamSent(std::int32_t stream) {
    if (Http2User* const user = userOf(stream)) user->requestWritten();
}

Http2Connection::Places::iterator Http2Connection::placeOf(const Http2User& user) {
    return std::find_if(m_places.begin(), m_places.end(),
                        [&](const auto& each) { return each.second.user == &user; });
}

Http2User* Http2Connection::userOf(std::int32_t stream) {
    const auto found = m_places.find(stream);
    return found == m_places.end() ? nullptr : found->second.user;
}

Loss Http2Connection::lossOf(const Place& place) const {
    if (place.hasHead) return Loss::Otherwise;
    const bool isProven = m_stream && m_stream->deliverySince(place.mark) == Delivery::None;
    return isProven ? Loss::NotProcessed : Loss::BeforeResponse;
}

void Http2Connection::die(const ExchangeError& error) {
    const bool wasReady = m_session.isReady();
    m_isOver = true;
    m_deadline.disarm();
    const bool isBroken = error.code == ErrorCode::UpstreamProtocol;
    std::vector<std::pair<std::int32_t, Loss>> losses;
    for (const auto& [stream, place] : m_places)
        losses.emplace_back(stream, isBroken ? Loss::Otherwise : lossOf(place));
    if (m_stream) m_stream->abort();
    m_stream.reset();
    for (const auto& [stream, loss] : losses) {
        Http2User* const user = userOf(stream);
        m_places.erase(stream);
        if (user) user->streamLost(error, loss);
    }
    while (!m_waiting.empty()) {
        Http2User& user = *m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        if (wasReady)
            user.streamLost(error, Loss::NotProcessed);
        else
            user.connectionFailed(error);
    }
}

} // namespace sallyport
