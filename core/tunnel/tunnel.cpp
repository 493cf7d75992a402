// SPDX-License-Identifier: MIT
#include "core/tunnel/tunnel.h"

namespace sallyport {

/// One side: takes bytes from its own stream and writes them to the other's.
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
    [[nodiscard]] qsizetype waiting() const { return m_stream->pendingBytes(); }
    void watchWrites(DeadlineQueue& deadlines, std::chrono::milliseconds limit) {
        m_writeWatch = std::make_unique<WriteWatch>(deadlines, *m_stream, limit,
                                                    [this] { m_tunnel.halfStalled(*this); });
    }
    void stopWatching() {
        if (m_writeWatch) m_writeWatch->stop();
    }

    void send(QByteArrayView bytes) {
        if (bytes.isEmpty() || m_tunnel.holdsBack(*this, bytes)) return;
        ByteStream& target = m_other->stream();
        if (m_other->m_writeWatch)
            m_other->m_writeWatch->write(bytes);
        else
            target.write(bytes);
        if (target.isCongested()) m_stream->setReading(false);
        m_tunnel.passed(*this, bytes);
    }

    void streamReceived(QByteArrayView bytes) override { send(bytes); }
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
    std::unique_ptr<WriteWatch> m_writeWatch; ///< of what goes to this side; null without limits
    bool m_hasFinished = false;
};

/// What is timed. Nothing is armed in a tunnel that flows, or is silent without a limit.
struct Tunnel::Watch {
    Watch(Tunnel& tunnel, DeadlineQueue& deadlines, TunnelLimits allowed)
        : limits(allowed)
        , silence(deadlines, [&tunnel] { tunnel.silenceExpired(); }) {}
    TunnelLimits limits;
    Deadline silence;
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
    m_client->watchWrites(deadlines, limits.stalled);
    m_upstream->watchWrites(deadlines, limits.stalled);
}

void Tunnel::start(const QByteArray& fromClient, const QByteArray& fromUpstream) {
    // The switch is on first: what send() finds congested it turns off again.
    m_client->stream().setReading(true);
    m_upstream->stream().setReading(true);
    m_client->send(fromClient);
    m_upstream->send(fromUpstream);
    watchSilence();
}

bool Tunnel::holdsBack(Half& from, QByteArrayView bytes) {
    if (!m_nextRequest || from.side() != Side::Downstream) return false;
    switch (m_nextRequest->clientSent(bytes)) {
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

void Tunnel::passed(const Half& from, QByteArrayView bytes) {
    const bool isClient = from.side() == Side::Downstream;
    m_recorder->tunnelled(isClient ? bytes.size() : 0, isClient ? 0 : bytes.size());
    if (m_tap) {
        m_tap->passed(isClient ? WebSocketSender::Client : WebSocketSender::Server, bytes);
        if (m_tap->wasRefused()) m_nextRequest = std::make_unique<NextRequest>();
        if (m_tap->isOver()) m_tap.reset();
    }
    if (m_watch && m_watch->silence.isArmed()) watchSilence();
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
    // A side that is held back cannot send; whether the other side takes anything is watched as
    // well.
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

void Tunnel::halfStalled(const Half& half) {
    abortBoth();
    over({TunnelEnd::Cause::Stalled, half.side(), {}, m_watch->limits.stalled});
}

void Tunnel::abortBoth() {
    // With a reset, so that the end here is not taken for the end of what was to come.
    m_client->stream().abort();
    m_upstream->stream().abort();
}

void Tunnel::over(const TunnelEnd& end) {
    const TunnelOutcome verdict = classifyEnd(end, m_recorder->record().webSocket);
    if (m_watch) {
        m_watch->silence.disarm();
        m_client->stopWatching();
        m_upstream->stopWatching();
    }
    m_recorder->webSocketEnded(verdict.webSocket);
    m_recorder->ended(verdict.end, verdict.error);
    const auto ended = std::move(m_ended);
    if (ended) ended();
}

} // namespace sallyport
