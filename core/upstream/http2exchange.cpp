// SPDX-License-Identifier: MIT
#include "core/upstream/http2exchange.h"

#include "core/upstream/http2fields.h"
#include "core/upstream/requesthead.h"
#include "core/upstream/socketexchange.h"
#include "core/upstream/upstreamerror.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sallyport {

Http2Exchange::Http2Exchange(std::shared_ptr<Http2Pool> pool, UpstreamRequest request,
                             UpstreamObserver& observer)
    : m_pool(std::move(pool))
    , m_request(std::move(request))
    , m_observer(observer)
    , m_upload(m_request.framing)
    , m_turns(m_pool->options().group, m_pool->deadlines().clock(), m_request)
    , m_deadline(m_pool->deadlines(), [this] { expired(); }) {}

Http2Exchange::~Http2Exchange() { leaveConnection(); }

void Http2Exchange::leaveConnection() {
    m_deadline.disarm();
    if (const auto connection = std::exchange(m_connection, nullptr)) connection->leave(*this);
}

void Http2Exchange::open() {
    if (auto none = m_turns.next())
        failSoon(*std::move(none));
    else
        join();
}

void Http2Exchange::join() {
    m_phase = Phase::Connecting;
    m_isWritten = false;
    m_connection = m_pool->connectionTo(m_turns.target());
    m_connection->join(*this);
}

void Http2Exchange::connectionReady() {
    m_phase = Phase::Head;
    const UpstreamTarget& target = m_pool->options().targets[m_turns.target()];
    const bool isLength = m_request.framing.kind == BodyKind::Length;
    m_copy.begin(isLength ? m_request.framing.length : 0);
    keep(QByteArrayView(m_content).sliced(m_contentAt));
    m_connection->begin(*this, http2RequestFields(m_request, target),
                        m_request.framing.kind != BodyKind::None);
    if (!m_connection->isReused()) m_turns.connectWorked();
    touch();
    [[maybe_unused]] const bool isHere = tellProgress();
}

void Http2Exchange::connectionFull() { join(); }

void Http2Exchange::connectionFailed(const ExchangeError& error) {
    m_connection.reset();
    m_turns.connectFailed(error);
    if (m_turns.hasOther())
        goToNextTarget(error);
    else
        fail(m_turns.withEarlier(error));
}

void Http2Exchange::goToNextTarget(const ExchangeError& failure) {
    m_observer.upstreamPassedOver(m_pool->nameOf(m_turns.target()), failure.detail);
    if (const auto none = m_turns.next()) {
        fail(*none);
        return;
    }
    m_didTellConnected = false;
    m_wasReplaced = false;
    join();
}

void Http2Exchange::streamLost(const ExchangeError& error, Loss loss) {
    const bool hasContent = m_copy.isWhole() || m_phase == Phase::Connecting;
    const bool mayBeRepeated = mayBeRepeatedAfter(loss, m_request, hasContent);
    const bool wasReused = m_connection->isReused();
    m_connection.reset();
    m_deadline.disarm();
    m_forget.reset();
    if (mayBeRepeated && m_phase != Phase::Connecting) {
        m_content = m_copy.take();
        m_contentAt = 0;
    }
    // Once at each target, and then only where a connection of before can be to blame, or there is
    // proof.
    if (mayBeRepeated && !m_wasReplaced && (wasReused || loss == Loss::NotProcessed)) {
        m_wasReplaced = true;
        join();
        return;
    }
    m_turns.failed(error);
    if (mayBeRepeated && m_turns.hasOther())
        goToNextTarget(error);
    else
        fail(m_turns.withEarlier(error));
}

void Http2Exchange::keep(QByteArrayView bytes) {
    m_copy.add(bytes);
    if (!m_copy.isLarge() || m_forget) return;
    m_forget = std::make_unique<Deadline>(m_pool->deadlines(), [this] { m_copy.drop(); });
    m_forget->arm(SocketExchange::kReplayTime);
}

void Http2Exchange::sendBody(QByteArrayView bytes) {
    if (m_phase == Phase::Over || m_failure || bytes.isEmpty()) return;
    if (!m_upload.accept(bytes.size())) {
        failSoon({ErrorCode::Internal, Side::Internal,
                  QStringLiteral("more content than was announced")});
        return;
    }
    m_content.append(bytes);
    if (m_phase != Phase::Connecting) keep(bytes);
    if (isCongested()) m_wasCongested = true;
    if (m_connection) m_connection->contentCame(*this);
}

void Http2Exchange::finishBody(const FieldList& trailers) {
    if (m_phase == Phase::Over || m_failure || m_upload.isFinished()) return;
    if (!m_upload.finish()) {
        failSoon({ErrorCode::Internal, Side::Internal,
                  QStringLiteral("less content than was announced")});
        return;
    }
    m_trailers = trailers;
    if (m_connection) m_connection->contentCame(*this);
}

bool Http2Exchange::isCongested() const {
    return m_phase != Phase::Over && m_content.size() - m_contentAt > ByteStream::kHighWatermark;
}

Http2Content Http2Exchange::takeContent(std::span<std::uint8_t> room) {
    Http2Content out;
    const auto there = static_cast<std::size_t>(m_content.size() - m_contentAt);
    out.bytes = std::min(room.size(), there);
    if (out.bytes > 0) std::memcpy(room.data(), m_content.constData() + m_contentAt, out.bytes);
    m_contentAt += static_cast<qsizetype>(out.bytes);
    out.isEnd = m_upload.isFinished() && out.bytes == there;
    if (out.isEnd) out.trailers = m_trailers;
    // Moved to the front now and then: each byte a few times at most.
    if (m_contentAt == m_content.size() || m_contentAt > ByteStream::kLowWatermark) {
        m_content.remove(0, m_contentAt);
        m_contentAt = 0;
    }
    if (out.bytes > 0) touch();
    if (m_wasCongested && m_content.size() - m_contentAt < ByteStream::kLowWatermark)
        m_pool->deferredTasks().add(*this);
    return out;
}

void Http2Exchange::requestWritten() {
    m_isWritten = true;
    m_pool->deferredTasks().add(*this);
}

void Http2Exchange::sendingMoved() {
    touch();
    [[maybe_unused]] const bool isHere = tellProgress();
}

void Http2Exchange::setReading(bool on) {
    m_reading = on;
    if (!m_connection || m_phase == Phase::Connecting) return;
    if (!on) {
        m_deadline.disarm();
        return;
    }
    touch();
    if (const qsizetype bytes = std::exchange(m_unused, 0); bytes > 0)
        m_connection->consume(*this, bytes);
}

void Http2Exchange::runDeferred() {
    if (m_failure) {
        fail(ExchangeError(*m_failure));
        return;
    }
    if (m_phase == Phase::Connecting || m_phase == Phase::Over || !tellProgress()) return;
    if (!m_wasCongested || m_content.size() - m_contentAt >= ByteStream::kLowWatermark) return;
    m_wasCongested = false;
    m_observer.upstreamWritable();
}

UpstreamPeer Http2Exchange::peerOfConnection() const {
    const WayOut* const way = m_connection->way();
    const QString proxy =
        way && !way->name.isEmpty() ? way->name + QStringLiteral(", ") : QString();
    return {m_pool->nameOf(m_turns.target()), m_connection->peer(), m_connection->isReused(),
            proxy + QStringLiteral("HTTP/2")};
}

/// Tells what the observer has to know before anything else; false when it let go meanwhile.
bool Http2Exchange::tellProgress() {
    if (!m_didTellConnected) {
        m_didTellConnected = true;
        const UpstreamPeer peer = peerOfConnection();
        if (!m_calls.make([&] { m_observer.upstreamConnected(peer); })) return false;
    }
    if (m_didTellSent || !m_isWritten || !m_connection || !m_connection->isWritten()) return true;
    m_didTellSent = true;
    return m_calls.make([this] { m_observer.upstreamRequestSent(); });
}

void Http2Exchange::responseInterim(const ResponseHead& head) {
    m_copy.drop();
    touch();
    if (tellProgress()) m_observer.upstreamInterim(head);
}

void Http2Exchange::responseHead(ResponseHead head) {
    m_copy.drop();
    m_phase = Phase::Body;
    const auto framing = http2ResponseFraming(head, m_request.method);
    if (!framing) {
        const auto error =
            upstreamError(ErrorCode::UpstreamProtocol, QString::fromLatin1(framing.error().reason));
        leaveConnection();
        m_turns.failed(error);
        fail(m_turns.withEarlier(error));
        return;
    }
    touch();
    m_turns.responded(head);
    if (tellProgress()) m_observer.upstreamHead(std::move(head), *framing);
}

void Http2Exchange::responseBody(QByteArrayView bytes) {
    if (m_reading)
        m_connection->consume(*this, bytes.size());
    else
        m_unused += bytes.size();
    m_observer.upstreamBody(bytes);
}

void Http2Exchange::responseTurnEnded() {
    touch();
    m_observer.upstreamTurnEnded();
}

void Http2Exchange::responseEnd(const FieldList& trailers) {
    if (!tellProgress()) return;
    m_phase = Phase::Over;
    m_deadline.disarm();
    m_connection.reset();
    m_turns.completed();
    m_observer.upstreamComplete(trailers);
}

void Http2Exchange::touch() {
    if (!m_reading || m_phase == Phase::Connecting || m_phase == Phase::Over) return;
    const UpstreamTimeouts& timeouts = m_pool->options().timeouts;
    m_deadline.arm(m_phase == Phase::Body ? timeouts.idle : timeouts.firstByte);
}

void Http2Exchange::expired() {
    const UpstreamTimeouts& timeouts = m_pool->options().timeouts;
    const bool isBody = m_phase == Phase::Body;
    const ExchangeError error =
        isBody ? upstreamError(
                     ErrorCode::UpstreamIdleTimeout,
                     QStringLiteral("silent for %1 ms in mid-response").arg(timeouts.idle.count()))
               : upstreamError(
                     ErrorCode::UpstreamFirstByteTimeout,
                     QStringLiteral("no response within %1 ms").arg(timeouts.firstByte.count()));
    leaveConnection();
    m_turns.failed(error);
    fail(m_turns.withEarlier(error));
}

void Http2Exchange::failSoon(ExchangeError error) {
    leaveConnection();
    m_failure = std::move(error);
    m_pool->deferredTasks().add(*this);
}

void Http2Exchange::fail(const ExchangeError& error) {
    m_phase = Phase::Over;
    leaveConnection();
    m_observer.upstreamFailed(error);
}

} // namespace sallyport
