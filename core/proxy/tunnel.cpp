// SPDX-License-Identifier: MIT
#include "core/proxy/tunnel.h"

namespace sallyport {

/// One side: takes octets from its own stream and writes them to the other's.
class Tunnel::Half final : public StreamObserver {
public:
    Half(Tunnel& tunnel, StreamPtr stream, Side side)
        : m_tunnel(tunnel)
        , m_stream(std::move(stream))
        , m_side(side) {
        m_stream->setObserver(this);
    }

    void setOther(Half& other) { m_other = &other; }
    [[nodiscard]] Side side() const { return m_side; }
    [[nodiscard]] bool hasFinished() const { return m_hasFinished; }
    [[nodiscard]] ByteStream& stream() { return *m_stream; }
    [[nodiscard]] qsizetype waiting() const { return m_stream->pendingOctets(); }
    /// Octets of the other side that have left through this one.
    [[nodiscard]] qint64 taken() const { return m_written - waiting(); }

    void send(QByteArrayView octets) {
        if (octets.isEmpty() || m_tunnel.holdsBack(*this, octets)) return;
        ByteStream& target = m_other->stream();
        target.write(octets);
        m_other->m_written += octets.size();
        if (target.isCongested()) m_stream->setReading(false);
        m_tunnel.passed(*this, octets);
    }

    void streamReceived(QByteArrayView octets) override { send(octets); }
    void streamWritable() override {
        if (!m_other->hasFinished()) m_other->stream().setReading(true);
    }
    void streamPeerFinished() override {
        if (m_side == Side::Downstream) m_tunnel.passHeld();
        m_hasFinished = true;
        m_other->stream().finishWriting();
        m_tunnel.halfFinished(*this);
    }
    void streamFailed(const StreamError& error) override { m_tunnel.halfFailed(*this, error); }

private:
    Tunnel& m_tunnel;
    StreamPtr m_stream;
    Half* m_other = nullptr;
    Side m_side;
    qint64 m_written = 0;
    bool m_hasFinished = false;
};

/// What is timed. Nothing is armed in a tunnel that flows, or is silent without a limit.
struct Tunnel::Watch {
    Watch(Tunnel& tunnel, DeadlineQueue& deadlines, TunnelLimits allowed)
        : limits(allowed)
        , silence(deadlines, [&tunnel] { tunnel.silenceExpired(); })
        , taking(deadlines, [&tunnel] { tunnel.takingExpired(); }) {}
    TunnelLimits limits;
    Deadline silence;
    Deadline taking;
    /// What a side that had octets waiting had taken when `taking` was armed.
    std::optional<qint64> clientTook, upstreamTook;
};

Tunnel::Tunnel(StreamPtr client, StreamPtr upstream, std::unique_ptr<ExchangeRecorder> recorder,
               std::function<void()> ended)
    : m_recorder(std::move(recorder))
    , m_tap(WebSocketTap::forTunnel(*m_recorder))
    , m_client(std::make_unique<Half>(*this, std::move(client), Side::Downstream))
    , m_upstream(std::make_unique<Half>(*this, std::move(upstream), Side::Upstream))
    , m_ended(std::move(ended)) {
    m_client->setOther(*m_upstream);
    m_upstream->setOther(*m_client);
}

Tunnel::~Tunnel() = default;

void Tunnel::setLimits(DeadlineQueue& deadlines, TunnelLimits limits) {
    m_watch = std::make_unique<Watch>(*this, deadlines, limits);
}

void Tunnel::start(const QByteArray& fromClient, const QByteArray& fromUpstream) {
    // The switch is on first: what send() finds congested it turns off again.
    m_client->stream().setReading(true);
    m_upstream->stream().setReading(true);
    m_client->send(fromClient);
    m_upstream->send(fromUpstream);
    watchSilence();
}

bool Tunnel::holdsBack(Half& from, QByteArrayView octets) {
    if (!m_nextRequest || from.side() != Side::Downstream) return false;
    switch (m_nextRequest->clientSent(octets)) {
    case NextRequest::Verdict::Undecided: break;
    case NextRequest::Verdict::Request:
        m_tap = WebSocketTap::forTunnel(*m_recorder);
        passHeld();
        break;
    case NextRequest::Verdict::Other:
        abortBoth();
        over({TunnelEnd::Cause::NoRequest,
              Side::Downstream,
              QString::fromLatin1(m_nextRequest->reason()),
              {}});
        break;
    }
    return true;
}

void Tunnel::passHeld() {
    if (const auto request = std::move(m_nextRequest)) m_client->send(request->held());
}

void Tunnel::passed(const Half& from, QByteArrayView octets) {
    const bool isClient = from.side() == Side::Downstream;
    m_recorder->tunnelled(isClient ? octets.size() : 0, isClient ? 0 : octets.size());
    if (m_tap) {
        m_tap->passed(isClient ? WebSocketSender::Client : WebSocketSender::Server, octets);
        if (m_tap->wasRefused()) m_nextRequest = std::make_unique<NextRequest>();
        if (m_tap->isOver()) m_tap.reset();
    }
    if (!m_watch) return;
    if (m_watch->silence.isArmed()) watchSilence();
    const Half& to = isClient ? *m_upstream : *m_client;
    if (to.waiting() > 0 && !m_watch->taking.isArmed()) watchTaking();
}

void Tunnel::cut() {
    abortBoth();
    over({TunnelEnd::Cause::CutHere, Side::Internal, {}, {}});
}

void Tunnel::halfFinished(const Half& half) {
    if (!m_firstEnd) m_firstEnd = half.side();
    if (!m_client->hasFinished() || !m_upstream->hasFinished()) {
        watchSilence();
        return;
    }
    // What is still pending in either direction leaves before the sockets go.
    m_client->stream().closeGracefully();
    m_upstream->stream().closeGracefully();
    over({TunnelEnd::Cause::Finished, *m_firstEnd, {}, {}});
}

void Tunnel::halfFailed(const Half& half, const StreamError& error) {
    // An abrupt end on one side is an abrupt end on the other.
    Half& other = half.side() == Side::Downstream ? *m_upstream : *m_client;
    other.stream().abort();
    over({TunnelEnd::Cause::Failed, half.side(), error.detail, {}});
}

void Tunnel::watchSilence() {
    if (!m_watch) return;
    m_watch->silence.arm(m_firstEnd ? m_watch->limits.halfClosedIdle : m_watch->limits.idle);
}

void Tunnel::silenceExpired() {
    // Who is held back cannot speak; whether the other side takes anything is watched as well.
    if (m_client->waiting() > 0 || m_upstream->waiting() > 0) {
        watchSilence();
        return;
    }
    abortBoth();
    if (m_firstEnd)
        over({TunnelEnd::Cause::HalfClosed, *m_firstEnd, {}, m_watch->limits.halfClosedIdle});
    else
        over({TunnelEnd::Cause::Idle, Side::Internal, {}, m_watch->limits.idle});
}

void Tunnel::watchTaking() {
    const auto takenOf = [](const Half& half) {
        return half.waiting() > 0 ? std::optional(half.taken()) : std::nullopt;
    };
    m_watch->clientTook = takenOf(*m_client);
    m_watch->upstreamTook = takenOf(*m_upstream);
    m_watch->taking.arm(m_watch->limits.stalled);
}

void Tunnel::takingExpired() {
    const bool isClientStuck = m_client->waiting() > 0 && m_client->taken() == m_watch->clientTook;
    const bool isUpstreamStuck =
        m_upstream->waiting() > 0 && m_upstream->taken() == m_watch->upstreamTook;
    if (!isClientStuck && !isUpstreamStuck) {
        if (m_client->waiting() > 0 || m_upstream->waiting() > 0) watchTaking();
        return;
    }
    abortBoth();
    over({TunnelEnd::Cause::Stalled,
          isClientStuck ? Side::Downstream : Side::Upstream,
          {},
          m_watch->limits.stalled});
}

void Tunnel::abortBoth() {
    // With a reset, so that the end here is not taken for the end of what was to come.
    m_client->stream().abort();
    m_upstream->stream().abort();
}

void Tunnel::over(const TunnelEnd& end) {
    const TunnelVerdict verdict = judgeTunnel(end, m_recorder->record().webSocket);
    if (m_watch) {
        m_watch->silence.disarm();
        m_watch->taking.disarm();
    }
    m_recorder->webSocketEnded(verdict.webSocket);
    m_recorder->ended(verdict.end, verdict.error);
    const auto ended = std::move(m_ended);
    if (ended) ended();
}

} // namespace sallyport
