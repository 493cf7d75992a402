// SPDX-License-Identifier: MIT
#pragma once

#include "core/http/responseparser.h"
#include "core/support/deadline.h"
#include "core/upstream/loss.h"
#include "core/upstream/sockettransport.h"
#include "core/upstream/transport.h"
#include "core/upstream/upstreamconfig.h"

#include <chrono>
#include <memory>
#include <optional>

namespace sallyport {

struct WayOut;
class UpstreamConnection;

/// The user of a connection for one exchange. Calls come from the event loop; the user may let the
/// connection go in each.
class ConnectionUser {
public:
    virtual ~ConnectionUser() = default;
    /// Whether the request asked for the protocol that the fields of a 101 name.
    [[nodiscard]] virtual bool asksForUpgrade(const FieldList& response) const = 0;
    /// Whether it is worth a wait to learn that a peer that has ended took nothing.
    [[nodiscard]] virtual bool asksForProof() const = 0;
    virtual void responseInterim(const ResponseHead& head) = 0;
    virtual void responseHead(ResponseHead head, Framing framing) = 0;
    virtual void responseBody(QByteArrayView bytes) = 0;
    /// All bytes of one read were delivered, and the response goes on.
    virtual void responseTurnEnded() = 0;
    /// The last call: the response is whole. The connection has let its user go.
    virtual void responseEnd(const FieldList& trailers, bool mayBeReused) = 0;
    /// The last call: the connection does not carry HTTP any more.
    virtual void responseSwitched(ResponseHead head, StreamPtr stream, QByteArray early) = 0;
    virtual void connectionWritable() = 0;
    /// The last call.
    virtual void connectionLost(const ExchangeError& error, Loss loss) = 0;
};

/// Where a connection waits for its next exchange.
class IdleConnections {
public:
    virtual ~IdleConnections() = default;
    /// It ended, received bytes without a request, or reached its idle time.
    virtual void drop(UpstreamConnection& connection) = 0;
};

/// One connection to an upstream with its parser and its one deadline; kept over many exchanges,
/// so that the next one allocates next to nothing.
///
/// Shared between its user or pool and its own calls under way.
class UpstreamConnection final : public StreamObserver,
                                 public std::enable_shared_from_this<UpstreamConnection> {
public:
    /// How long the reset is waited for that proves that a peer which ended took nothing. It comes
    /// one way there and back after the request, on loopback at once.
    static constexpr std::chrono::milliseconds kProof{1000};

    UpstreamConnection(StreamPtr stream, std::size_t target, DeadlineQueue& deadlines,
                       const SocketTransportOptions& options);
    ~UpstreamConnection() override;

    [[nodiscard]] ByteStream& stream() { return *m_stream; }
    [[nodiscard]] const ByteStream& stream() const { return *m_stream; }
    [[nodiscard]] std::size_t target() const { return m_target; }
    [[nodiscard]] const Endpoint& peer() const { return m_peer; }
    /// How it left this machine; null: directly.
    [[nodiscard]] const WayOut* way() const { return m_way.get(); }
    void setWay(std::shared_ptr<const WayOut> way) { m_way = std::move(way); }
    /// Room to put a head or a chunk together; empty, with the capacity of the time before.
    [[nodiscard]] QByteArray& scratch() {
        m_scratch.resize(0);
        return m_scratch;
    }

    /// Serves one exchange from here on, reading.
    void begin(ConnectionUser& user, QByteArrayView method);
    /// The upload went on: the time to the first byte of a response, or the silence, starts anew.
    void touch();
    void setReading(bool on);
    /// Waits in `place` for the next exchange, for idleTime().
    void idle(IdleConnections& place);
    /// How long it may wait there: as configured, or what the origin announced where that is less
    /// (`Keep-Alive: timeout=N`, less a second for the way there). With 0 it must be closed.
    [[nodiscard]] std::chrono::milliseconds idleTime() const;
    /// From here on it is of use to one client connection only (RFC 4559 6); a response may do so
    /// by itself, see responseBindsConnection().
    void bindToClient() { m_isBound = true; }
    [[nodiscard]] bool isBound() const { return m_isBound; }
    [[nodiscard]] bool canServe() const { return m_stream && m_stream->isReusable(); }
    /// Ends it; no user is called.
    void close();
    /// Ends it with a reset, so that an origin that still works on the request sees it at once.
    void abort();

private:
    enum class Phase { Idle, Head, Body };

    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;

    [[nodiscard]] bool step(const ParseOutcome& outcome, QByteArrayView rest);
    [[nodiscard]] bool headCame();
    [[nodiscard]] bool isChallengeOfProxy(const ResponseHead& head) const;
    void loginEnded(const ResponseHead& head);
    [[nodiscard]] bool messageEnded(QByteArrayView rest);
    void switchProtocols(QByteArrayView early);
    void complete(bool mayBeReused);
    void lose(ErrorCode code, const QString& detail);
    void expired();
    [[nodiscard]] bool isBeforeResponse() const;
    [[nodiscard]] Loss lossAfter(ErrorCode code) const;

    StreamPtr m_stream;
    std::size_t m_target;
    Endpoint m_peer;
    std::shared_ptr<const WayOut> m_way;
    UpstreamTimeouts m_timeouts;
    std::chrono::milliseconds m_idleFor;
    int m_maxInterims;
    ResponseParser m_parser;
    Deadline m_deadline;
    QByteArray m_scratch;
    ConnectionUser* m_user = nullptr;
    IdleConnections* m_place = nullptr;
    Phase m_phase = Phase::Idle;
    std::optional<std::chrono::seconds> m_announcedIdle;
    quint64 m_mark = 0; ///< where the request under way begins
    int m_interims = 0;
    bool m_isBound = false;
    bool m_awaitsProof = false;
    bool m_isInterim = false;
    bool m_isPersistent = false;
    bool m_reading = true;
};

} // namespace sallyport
