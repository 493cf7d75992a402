// SPDX-License-Identifier: MIT
#include "core/proxy/replaytransport.h"

#include "core/proxy/replayresponse.h"
#include "core/upstream/exchangetransport.h"
#include "core/upstream/observercalls.h"

#include <QCryptographicHash>

#include <algorithm>

namespace sallyport {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// The shortest time that a Deadline takes: a later turn of the event loop.
constexpr milliseconds kSoon{1};
/// Bytes that go on in one turn of the event loop.
constexpr qsizetype kSlice = qsizetype{64} * 1024;

class ReplayExchange final : public UpstreamExchange {
public:
    struct Parts {
        std::shared_ptr<RecordingFile> file;
        ReplaySpeed speed;
        DeadlineQueue& deadlines;
    };
    ReplayExchange(const Parts& parts, UpstreamRequest request, UpstreamObserver& observer)
        : m_file(parts.file)
        , m_speed(parts.speed)
        , m_clock(parts.deadlines.clock())
        , m_request(std::move(request))
        , m_observer(observer)
        , m_digest(QCryptographicHash::Sha256)
        , m_next(parts.deadlines, [this] { goOn(); }) {
        if (m_request.framing.kind == BodyKind::None)
            finishBody({});
        else if (m_request.fields.hasToken("Expect", "100-continue"))
            m_next.arm(kSoon);
    }

    void sendBody(QByteArrayView bytes) override { m_digest.addData(bytes); }
    void finishBody(const FieldList&) override {
        m_phase = Phase::Responding;
        m_next.arm(kSoon);
    }
    [[nodiscard]] bool isCongested() const override { return false; }
    void setReading(bool on) override;

private:
    enum class Phase { Collecting, Responding, Waiting, Streaming, Ended };

    void goOn();
    void sayContinue();
    void begin();
    void giveHead();
    void givePieces();
    [[nodiscard]] bool giveSlice(const RecordedPiece& piece);
    void end();
    void armFor(microseconds at);
    [[nodiscard]] bool isDue(microseconds at) const;

    std::shared_ptr<RecordingFile> m_file;
    const ReplaySpeed m_speed;
    const Clock& m_clock;
    const UpstreamRequest m_request;
    UpstreamObserver& m_observer;
    QCryptographicHash m_digest;
    Deadline m_next;
    Phase m_phase = Phase::Collecting;
    ReplayResponse m_response;
    Monotonic m_began{};
    std::size_t m_at = 0;   ///< piece that is given next
    qsizetype m_offset = 0; ///< in it
    bool m_isReading = true;
    bool m_isHeld = false; ///< something was due while reading was off
    ObserverCalls m_calls;
};

void ReplayExchange::setReading(bool on) {
    m_isReading = on;
    if (!on || !std::exchange(m_isHeld, false)) return;
    m_next.arm(kSoon);
}

void ReplayExchange::goOn() {
    if (!m_isReading && m_phase != Phase::Collecting) {
        m_isHeld = true;
        return;
    }
    switch (m_phase) {
    case Phase::Collecting: sayContinue(); return;
    case Phase::Responding: begin(); return;
    case Phase::Waiting: giveHead(); return;
    case Phase::Streaming: givePieces(); return;
    case Phase::Ended: return;
    }
}

void ReplayExchange::sayContinue() {
    ResponseHead head;
    head.status = 100;
    head.reason = "Continue";
    m_observer.upstreamInterim(head);
}

void ReplayExchange::begin() {
    m_response = replayResponse(*m_file, m_request, m_digest.result());
    m_phase = Phase::Waiting;
    m_began = m_clock.now();
    UpstreamPeer peer;
    peer.target = QStringLiteral("replay:") + m_file->name();
    if (!m_calls.make([&] { m_observer.upstreamConnected(peer); })) return;
    if (!m_calls.make([this] { m_observer.upstreamRequestSent(); })) return;
    armFor(m_response.exchange.headAt);
}

bool ReplayExchange::isDue(microseconds at) const {
    return m_speed.factor == 0 || m_clock.now() - m_began >= at / m_speed.factor;
}

void ReplayExchange::armFor(microseconds at) {
    const auto due = m_speed.factor == 0 ? m_began : m_began + at / m_speed.factor;
    const auto left = std::chrono::ceil<milliseconds>(due - m_clock.now());
    m_next.arm(std::max(left, kSoon));
}

void ReplayExchange::giveHead() {
    m_phase = Phase::Streaming;
    if (m_calls.make([this] { m_observer.upstreamHead(m_response.head, m_response.framing); }))
        givePieces();
}

/// What is due by now, as far as one turn of the event loop takes it.
void ReplayExchange::givePieces() {
    const auto& pieces = m_response.exchange.pieces;
    qsizetype given = 0;
    while (m_at < pieces.size() && isDue(pieces[m_at].at) && given < kSlice && m_isReading) {
        const qsizetype before = m_offset;
        const std::size_t piece = m_at;
        if (!giveSlice(pieces[m_at])) return;
        given += piece == m_at ? m_offset - before : pieces[piece].bytes.size() - before;
    }
    const bool hasMore = m_at < pieces.size();
    if (!hasMore && isDue(m_response.exchange.endAt)) return end();
    if (given > 0 && !m_calls.make([this] { m_observer.upstreamTurnEnded(); })) return;
    armFor(hasMore ? pieces[m_at].at : m_response.exchange.endAt);
}

/// False: the exchange is gone.
bool ReplayExchange::giveSlice(const RecordedPiece& piece) {
    // A copy that shares the bytes, for the exchange may be gone before the call returns.
    const QByteArray bytes = piece.bytes;
    const qsizetype size = std::min(kSlice, bytes.size() - m_offset);
    const QByteArrayView slice = QByteArrayView(bytes).sliced(m_offset, size);
    m_offset += size;
    if (m_offset >= bytes.size()) {
        ++m_at;
        m_offset = 0;
    }
    return slice.isEmpty() || m_calls.make([&] { m_observer.upstreamBody(slice); });
}

void ReplayExchange::end() {
    m_phase = Phase::Ended;
    const QString failure = m_response.exchange.failure;
    if (failure.isEmpty()) return m_observer.upstreamComplete({});
    m_observer.upstreamFailed({ErrorCode::UpstreamReset, Side::Upstream, failure});
}

} // namespace

std::unique_ptr<UpstreamTransport> makeReplayTransport(std::shared_ptr<RecordingFile> file,
                                                       ReplaySpeed speed,
                                                       DeadlineQueue& deadlines) {
    return std::make_unique<ExchangeTransport<ReplayExchange>>(
        ReplayExchange::Parts{std::move(file), speed, deadlines});
}

} // namespace sallyport
