// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/connector.h"
#include "core/support/deadline.h"
#include "core/upstream/http2session.h"
#include "core/upstream/upstreamconnection.h"
#include "core/upstream/wayout.h"

#include <chrono>
#include <map>
#include <memory>
#include <vector>

namespace sallyport {

/// One exchange on an HTTP/2 connection. Calls come from the event loop; the user may let the
/// connection go in each but takeContent().
class Http2User {
public:
    virtual ~Http2User() = default;
    /// The connection stands, the peer speaks HTTP/2, and there is a place: begin() now.
    virtual void connectionReady() = 0;
    /// The last call: the peer allows fewer streams than joined. Nothing was sent, and another
    /// connection has a place.
    virtual void connectionFull() = 0;
    /// The last call: no connection came about, nothing was sent.
    virtual void connectionFailed(const ExchangeError& error) = 0;
    virtual void responseInterim(const ResponseHead& head) = 0;
    virtual void responseHead(ResponseHead head) = 0;
    virtual void responseBody(QByteArrayView bytes) = 0;
    virtual void responseTurnEnded() = 0;
    /// The last call: the response is whole.
    virtual void responseEnd(const FieldList& trailers) = 0;
    /// The last call.
    virtual void streamLost(const ExchangeError& error, Loss loss) = 0;
    /// Puts content into `room`; makes no other call.
    [[nodiscard]] virtual Http2Content takeContent(std::span<std::uint8_t> room) = 0;
    /// The whole request has been written to the stream.
    virtual void requestWritten() = 0;
    /// Some of what was written has gone.
    virtual void sendingMoved() = 0;
};

/// What a connection needs; what is borrowed outlives it.
struct Http2ConnectionContext {
    Connector& connector;
    DeadlineQueue& deadlines;
    ResponseLimits limits;
    std::chrono::milliseconds idleFor{60000}; ///< 0: closed when its last exchange is over
    /// As many exchanges as may join before the peer has said how many streams it allows.
    std::uint32_t expectedStreams = Http2Session::kMaxStreams;
};

/// One HTTP/2 connection to a target, for up to Http2Session::kMaxStreams exchanges at once. What
/// the peer sends to one that does not read stays within its window; the others go on.
///
/// Shared between its users, its pool and its own calls under way.
class Http2Connection final : private StreamObserver,
                              private ConnectObserver,
                              private Http2SessionEvents,
                              private DeferredTask,
                              public std::enable_shared_from_this<Http2Connection> {
public:
    Http2Connection(const Http2ConnectionContext& context, ConnectTarget to);
    ~Http2Connection() override;

    /// Begins to connect; no user is called from inside.
    void open();
    /// Whether one more exchange has a place.
    [[nodiscard]] bool takesMore() const;
    /// Of the peer, at least 1; before it is ready what was expected.
    [[nodiscard]] std::uint32_t mostStreams() const;
    /// `user` is told soon.
    void join(Http2User& user);
    /// Begins the exchange of a user that was told connectionReady().
    void begin(Http2User& user, const FieldList& fields, bool hasContent);
    /// takeContent() has more to give.
    void contentCame(Http2User& user);
    /// What was read of the response was used.
    void consume(Http2User& user, qsizetype bytes);
    /// The user goes; its stream is reset where it is not over.
    void leave(Http2User& user);
    /// No more exchanges; closes after the last one.
    void retire();

    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] bool isReady() const { return m_stream && m_session.isReady(); }
    /// An exchange before has used it.
    [[nodiscard]] bool isReused() const { return m_begun > 1; }
    /// Nothing waits to be written to the kernel.
    [[nodiscard]] bool isWritten() const { return m_stream && m_stream->pendingBytes() == 0; }
    [[nodiscard]] Endpoint peer() const { return m_peer; }
    /// What came of it once connected; null: directly.
    [[nodiscard]] const WayOut* way() const { return m_way.get(); }

private:
    struct Place {
        Http2User* user;
        quint64 mark;         ///< ByteStream::deliveryMark() before the request
        bool hasHead = false; ///< something of a response came
    };
    using Places = std::map<std::int32_t, Place>;

    void connected(StreamPtr stream) override;
    void connectFailed(const StreamError& error) override;
    void streamReceived(QByteArrayView bytes) override;
    void streamPeerFinished() override;
    void streamWritable() override;
    void streamFailed(const StreamError& error) override;

    void sessionReady() override;
    void streamInterim(std::int32_t stream, const ResponseHead& head) override;
    void streamHead(std::int32_t stream, ResponseHead head, bool isEnd) override;
    void streamBody(std::int32_t stream, QByteArrayView bytes) override;
    void streamEnd(std::int32_t stream, const FieldList& trailers) override;
    void streamClosed(std::int32_t stream, const Http2Closure& closure) override;
    Http2Content streamContent(std::int32_t stream, std::span<std::uint8_t> room) override;
    void streamSent(std::int32_t stream) override;

    void runDeferred() override;
    void wake();
    void serveWaiting();
    void flush();
    void endTurn();
    void closeIfUnused();
    [[nodiscard]] bool isUnused() const { return m_places.empty() && m_waiting.empty(); }
    void expired();
    [[nodiscard]] Places::iterator placeOf(const Http2User& user);
    [[nodiscard]] Http2User* userOf(std::int32_t stream);
    [[nodiscard]] Loss lossOf(const Place& place) const;
    void die(const ExchangeError& error);

    Http2ConnectionContext m_context;
    ConnectTarget m_to;
    std::shared_ptr<WayOut> m_way;
    std::unique_ptr<ConnectAttempt> m_attempt;
    StreamPtr m_stream;
    Endpoint m_peer;
    Http2Session m_session;
    Places m_places;
    std::vector<Http2User*> m_waiting;
    std::vector<std::int32_t> m_touched; ///< have got content in this turn
    QByteArray m_out;
    Deadline m_deadline; ///< of the first SETTINGS, then of idleness
    std::size_t m_begun = 0;
    bool m_isRetired = false;
    bool m_isExhausted = false; ///< no number for another stream is left
    bool m_isOver = false;
};

} // namespace sallyport
